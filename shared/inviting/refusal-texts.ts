import type { Text } from '../locale.ts';

/** Why an administrator cannot do something to an invite: the errors' own texts are for its guest. */
export const refusalTexts = {
  revokeUsed: {
    en: 'Whoever used it is in. Their account can be disabled on their page.',
    ja: '使用した人は登録済みです。アカウントはその人のページで停止できます。',
    zh: '使用者已经注册，可在其页面停用账号。',
  },
  reissueUsed: {
    en: 'Whoever used it has an account, or has deleted it. Make a new invite for whom it was meant else.',
    ja: '使用した人は登録済みか、アカウントを削除しています。ほかの人には新しい招待を作成してください。',
    zh: '使用者已有账号，或已删除账号。如需邀请他人，请创建新的邀请。',
  },
  deleteUsed: {
    en: 'It is the only way back in for whoever came by it. It can go once they have deleted their accounts.',
    ja: 'この招待で登録した人が再び入るための唯一の手段です。その人がアカウントを削除すると、招待も削除できます。',
    zh: '它是通过其注册的人重新进入的唯一途径。这些人删除账号后才能删除它。',
  },
  memberAlready: {
    en: 'Somebody has an account with it, and needs no invite.',
    ja: 'このアドレスのアカウントが既にあるため、招待は不要です。',
    zh: '此邮箱已有账号，无需邀请。',
  },
} as const satisfies Record<string, Text>;
