import type { Text } from './locale.ts';

export const inviteTexts = {
  good: { en: 'This invite is good.', ja: 'この招待は有効です。', zh: '此邀请有效。' },
} as const satisfies Record<string, Text>;
