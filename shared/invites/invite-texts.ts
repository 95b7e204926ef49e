import type { Text } from '../locale.ts';

export const inviteTexts = {
  good: { en: 'This invite is good.', ja: 'この招待は有効です。', zh: '此邀请有效。' },
  limitReached: {
    en: 'You may send {limit}. An administrator can grant you more.',
    ja: '送信できる招待は{limit}件です。管理者に追加を依頼できます。',
    zh: '您最多可发送 {limit} 个邀请，可请管理员增加名额。',
  },
} as const satisfies Record<string, Text>;
