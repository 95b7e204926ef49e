import type { SessionEnd } from '#shared/sessions/session.ts';
import type { Text } from '#shared/locale.ts';

/** What visitors read if their session does not count any more. */
export const sessionEndTexts = {
  disabled: {
    en: 'Your account is disabled',
    ja: 'アカウントは停止されています',
    zh: '您的账号已被停用',
  },
  disabledDetail: {
    en: 'An administrator has disabled it, and nobody can sign in to it. Ask an administrator, or whoever invited you.',
    ja: '管理者がアカウントを停止したため、ログインできません。管理者または招待した人にお問い合わせください。',
    zh: '管理员已停用此账号，目前无法登录。请联系管理员或邀请您的人。',
  },
  everywhere: { en: 'You were signed out', ja: 'ログアウトされています', zh: '您已退出登录' },
  everywhereDetail: {
    en: 'All devices were signed out, or the password was changed. Sign in with your present password. If that was not you, set a new one.',
    ja: 'すべての端末でログアウトされたか、パスワードが変更されました。現在のパスワードでログインしてください。心当たりがない場合は、新しいパスワードを設定してください。',
    zh: '所有设备均已退出登录，或密码已更改。请使用当前密码登录。如果不是您本人的操作，请重置密码。',
  },
  expired: {
    en: 'Your sign-in has ended',
    ja: 'ログインの有効期限が切れました',
    zh: '登录已过期',
  },
  expiredDetail: {
    en: 'Its time was over. Sign in again, and you go on where you were.',
    ja: 'もう一度ログインすると、元の画面に戻ります。',
    zh: '请重新登录，之后将回到刚才的页面。',
  },
  ended: { en: 'You were signed out', ja: 'ログアウトされています', zh: '您已退出登录' },
  endedDetail: {
    en: 'This device was signed out elsewhere, or the account was deleted. Sign in again to go on. If that was not you, set a new password.',
    ja: '別の端末などからこの端末がログアウトされたか、アカウントが削除されました。続けるにはもう一度ログインしてください。心当たりがない場合は、新しいパスワードを設定してください。',
    zh: '此设备已在其他地方被退出登录，或账号已被删除。请重新登录以继续。如果不是您本人的操作，请重置密码。',
  },
} as const satisfies Record<SessionEnd | `${SessionEnd}Detail`, Text>;
