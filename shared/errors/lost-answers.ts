import type { Text } from '../locale.ts';
import type { ErrorCode } from './table.ts';

/**
 * Texts for an act whose outcome is unknown, because its answer or the store's was lost. They say that it may have been done, and how
 * to check (C115). The API's errors and the pages' script use them.
 */
export const lostAnswers = {
  other: {
    en: 'It may have been done all the same. See how things stand before you do it again.',
    ja: '処理は完了している可能性があります。もう一度行う前に、現在の状態を確認してください。',
    zh: '操作可能已经完成。请先查看当前状态，再决定是否重做。',
  },
  password: {
    en: 'Your password may have been changed. Sign in with the new one to see; if that is refused, the old one holds.',
    ja: 'パスワードは変更されている可能性があります。新しいパスワードでログインしてみてください。ログインできなければ、元のパスワードのままです。',
    zh: '密码可能已经更改。请用新密码登录试试；如果无法登录，则原密码仍然有效。',
  },
  signIn: {
    en: 'You may be signed in. Load the page again to see, or sign in once more.',
    ja: 'ログインできている可能性があります。ページを読み込み直すか、もう一度ログインしてください。',
    zh: '您可能已经登录。请重新加载页面查看，或再次登录。',
  },
  registration: {
    en: 'Your account may have been made. Send the same again, with the same password: it lets you in either way.',
    ja: 'アカウントは作成されている可能性があります。同じ内容と同じパスワードでもう一度送信してください。どちらの場合もログインできます。',
    zh: '账号可能已经创建。请用相同的内容和密码再次提交，无论如何都可以登录。',
  },
  deletion: {
    en: 'Your account may have been deleted. Sign in to see: if that is refused, it is gone.',
    ja: 'アカウントは削除されている可能性があります。ログインしてみてください。ログインできなければ、削除されています。',
    zh: '账号可能已经删除。请登录试试；如果无法登录，说明已被删除。',
  },
  mail: {
    en: 'A mail may be on its way. Look into the mailbox before you ask again.',
    ja: 'メールは送信されている可能性があります。もう一度依頼する前に、受信箱を確認してください。',
    zh: '邮件可能已经发出。再次请求之前请先查看邮箱。',
  },
  account: {
    en: 'It may have been changed. Load My account again to see what holds.',
    ja: '変更されている可能性があります。アカウントのページを読み込み直して確認してください。',
    zh: '可能已经更改。请重新加载账号页面查看。',
  },
  invites: {
    en: 'It may have been done all the same. The list of invites shows it: look there before you do it again.',
    ja: '処理は完了している可能性があります。もう一度行う前に、招待一覧で確認してください。',
    zh: '操作可能已经完成。重做之前请先查看邀请列表。',
  },
  keys: {
    en: 'It may have been done all the same. The list of your keys shows it, and doing it again does no harm.',
    ja: '処理は完了している可能性があります。キーの一覧で確認できます。もう一度行っても問題ありません。',
    zh: '操作可能已经完成。密钥列表会显示结果，再做一次也没有影响。',
  },
} as const satisfies Record<string, Text>;

/** The title if there was no answer, or none from Latchkey. */
export const noAnswer: Text = {
  en: 'There was no answer',
  ja: '応答がありませんでした',
  zh: '没有收到响应',
};

/** Errors that leave the outcome open: the act may have been done before they occurred. */
export const undecided: ReadonlySet<ErrorCode> = new Set([
  'busy',
  'internal',
  'keys_unavailable',
  'store_unavailable',
]);
