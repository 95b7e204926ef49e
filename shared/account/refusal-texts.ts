import type { Text } from '../locale.ts';

/** Texts for signed-in users. They replace an error's own text that is written for guests or for users with too few rights. */
export const accountRefusalTexts = {
  taken: {
    en: 'Another account has it. Use another address.',
    ja: '別のアカウントで使われています。別のアドレスを使用してください。',
    zh: '已被另一个账号使用。请使用其他邮箱。',
  },
  nameTaken: {
    en: 'Another account has it. Choose another one.',
    ja: '別のアカウントで使われています。別のユーザー名を選んでください。',
    zh: '已被另一个账号使用。请换一个用户名。',
  },
  anotherTitle: {
    en: 'Another administrator has to do this',
    ja: '別の管理者が行う必要があります',
    zh: '此操作须由其他管理员进行',
  },
  askAnother: {
    en: 'Nobody promotes, vouches for or unlocks themselves. Ask another administrator to do this for you.',
    ja: '自分自身の昇格、確認、ロック解除はできません。別の管理者に依頼してください。',
    zh: '任何人都不能为自己提升权限、确认邮箱或解除锁定。请联系其他管理员代为操作。',
  },
} as const satisfies Record<string, Text>;
