import type { Text } from '../locale.ts';

export const inviteTexts = {
  good: { en: 'This invite is good.', ja: 'この招待は有効です。', zh: '此邀请有效。' },
  memberCounts: {
    en: 'Somebody has an account with it. As the answer tells you that, it counts as one of your invites.',
    ja: 'このアドレスのアカウントは既にあります。このことが分かるため、招待1件として数えられます。',
    zh: '此邮箱已有账号。由于此回答透露了这一点，它计为您的一次邀请。',
  },
  limitReached: {
    en: 'You may send {limit}. An administrator can grant you more.',
    ja: '送信できる招待は{limit}件です。管理者に追加を依頼できます。',
    zh: '您最多可发送 {limit} 个邀请，可请管理员增加名额。',
  },
} as const satisfies Record<string, Text>;
