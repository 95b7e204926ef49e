import type { ErrorCode } from '../errors/table.ts';
import type { FailureDetail } from '../errors/failure.ts';
import type { Text } from '../locale.ts';
import type { InviteReference } from './inspect-invite.ts';
import type { inviteRefusals } from './states.ts';

type Refusals = Record<(typeof inviteRefusals)[number], Text>;

export const inviteTexts = {
  good: { en: 'This invite is good.', ja: 'この招待は有効です。', zh: '此邀请有效。' },
  ownAddress: {
    en: 'It is the address of your own account.',
    ja: 'ご自身のアカウントのアドレスです。',
    zh: '这是您自己账号的邮箱。',
  },
  memberCounts: {
    en: 'Somebody has an account with it. As the answer tells you that, it counts as one of your invites.',
    ja: 'このアドレスのアカウントは既にあります。このことが分かるため、招待1件として数えられます。',
    zh: '此邮箱已有账号。由于此回答透露了这一点，它计为您的一次邀请。',
  },
  openTitle: {
    en: 'This address is invited already',
    ja: 'このアドレスは招待済みです',
    zh: '此邮箱已被邀请',
  },
  openAlready: {
    en: 'The invite that it has is still good. If its mail was lost, an administrator can send a new link.',
    ja: '有効な招待が既にあります。メールが届いていない場合は、管理者がリンクを再発行できます。',
    zh: '它已有一个有效的邀请。如果邮件丢失，管理员可以重新发送链接。',
  },
  limitReached: {
    en: 'You may send {limit} {limit|invite|invites}. An administrator can grant you more.',
    ja: '送信できる招待は{limit}件です。管理者に追加を依頼できます。',
    zh: '您最多可发送 {limit} 个邀请，可请管理员增加名额。',
  },
} as const satisfies Record<string, Text>;

/** Why an invite admits no guest, in words for a code: a guest who typed one has no link. */
export const codeTitles = {
  invite_invalid: {
    en: 'The invite code is not valid or has expired',
    ja: '招待コードが無効または期限切れです',
    zh: '注册码无效或已过期',
  },
  invite_used: {
    en: 'This invite code has already been used',
    ja: 'この招待コードは既に使用されています',
    zh: '此注册码已被使用',
  },
  invite_expired: {
    en: 'The invite code has expired',
    ja: '招待コードの有効期限が切れています',
    zh: '注册码已过期',
  },
  invite_revoked: {
    en: 'This invite code was withdrawn',
    ja: 'この招待コードは取り消されました',
    zh: '此注册码已被撤销',
  },
} as const satisfies Refusals;

const askAgain: Text = {
  en: 'Ask whoever gave it to you for a new one.',
  ja: 'コードを知らせた人に、新しいコードを依頼してください。',
  zh: '请向提供注册码的人索取新的注册码。',
};

/** The guest's next step for each refusal of a code. */
export const codeDetails = {
  invite_invalid: {
    en: 'Compare it with your invite, letter by letter, or ask for a new one.',
    ja: '招待に書かれたコードと1文字ずつ見比べるか、新しいコードを依頼してください。',
    zh: '请与邀请中的注册码逐字核对，或索取新的注册码。',
  },
  invite_used: {
    en: 'If it was you, sign in. Otherwise ask whoever gave it to you for a new one.',
    ja: 'ご自身で使用した場合はログインしてください。そうでない場合は新しいコードを依頼してください。',
    zh: '如果是您本人使用的，请直接登录；否则请索取新的注册码。',
  },
  invite_expired: askAgain,
  invite_revoked: askAgain,
} as const satisfies Refusals;

/** For a link in a code's place, of which the form keeps only the beginning. */
const linkInstead: Text = {
  en: 'This is a link and not a code: open it in the address bar of your browser.',
  ja: 'これはコードではなくリンクです。ブラウザーのアドレス欄に貼り付けて開いてください。',
  zh: '这是链接而不是注册码，请粘贴到浏览器的地址栏中打开。',
};

const isLink = (typed: string): boolean => /^\s*https?:/i.test(typed);

const isRefusal = (code: ErrorCode): code is keyof typeof codeTitles => Object.hasOwn(codeTitles, code);

/** The texts of an error for the guest who named an invite. */
export function saidOf({ code: typed }: InviteReference, error: ErrorCode): FailureDetail {
  if (typed === undefined || !isRefusal(error)) return {};
  return { title: codeTitles[error], explain: isLink(typed) ? linkInstead : codeDetails[error] };
}
