import type { Text } from '../locale.ts';

/** What who is signed in is told, where an error's own text is for a guest. */
export const accountTexts = {
  taken: {
    en: 'Another account has it. Use another address.',
    ja: '別のアカウントで使われています。別のアドレスを使用してください。',
    zh: '已被另一个账号使用。请使用其他邮箱。',
  },
} as const satisfies Record<string, Text>;
