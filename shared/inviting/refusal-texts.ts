import type { FailureDetail } from '../errors/failure.ts';
import type { RenewalRefusal } from '../invites/change-invites.ts';
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

/** Why the store refuses a new link. Only a change at the same time goes away by itself. */
export const renewalRefusals: Readonly<Record<RenewalRefusal, FailureDetail>> = {
  changed: {},
  openInvite: {
    title: {
      en: 'This address has another open invite',
      ja: 'このアドレスには有効な招待がほかにあります',
      zh: '此邮箱另有有效的邀请',
    },
    explain: {
      en: 'Give that invite a new link, or withdraw it first.',
      ja: 'その招待を再発行するか、先に取り消してください。',
      zh: '请为那个邀请重新生成链接，或先将其撤销。',
    },
  },
  passphrase: {
    title: {
      en: 'The pass phrase of this invite is gone',
      ja: 'この招待の合言葉は削除されています',
      zh: '此邀请的口令已被删除',
    },
    explain: {
      en: 'Without it the invite lets no one in. Make a new invite.',
      ja: '合言葉がないと登録できません。新しい招待を作成してください。',
      zh: '没有口令就无法注册。请创建新的邀请。',
    },
  },
};
