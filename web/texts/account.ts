import type { Text } from '#shared/locale.ts';

/** What signed-in people read about their own account. */
export const accountTexts = {
  account: { en: 'My account', ja: 'アカウント', zh: '我的账号' },
  toAccount: { en: 'Account settings', ja: 'アカウント設定', zh: '账号设置' },
  pageNeedsScript: {
    en: 'This page needs JavaScript. Turn it on and load the page again.',
    ja: 'このページにはJavaScriptが必要です。有効にしてから読み込み直してください。',
    zh: '此页面需要 JavaScript。请启用后重新加载。',
  },
  moveHere: { en: 'Move to this device', ja: 'この端末に移行する', zh: '迁移到此设备' },
  notDone: {
    en: 'That did not work. Check your connection and try again.',
    ja: '処理できませんでした。接続を確認して、もう一度お試しください。',
    zh: '操作未成功。请检查网络后重试。',
  },
  profile: { en: 'Profile', ja: 'プロフィール', zh: '个人资料' },
  mailLanguage: { en: 'Language of mails', ja: 'メールの言語', zh: '邮件语言' },
  save: { en: 'Save', ja: '保存する', zh: '保存' },
  profileSaved: {
    en: 'Your profile is saved',
    ja: 'プロフィールを更新しました',
    zh: '个人资料已更新',
  },
  newEmail: { en: 'New email address', ja: '新しいメールアドレス', zh: '新邮箱' },
  emailHint: {
    en: 'We mail a code to the new address. The address changes when you have typed the code.',
    ja: '新しいアドレスに確認コードを送ります。コードを入力するとアドレスが変更されます。',
    zh: '我们会向新邮箱发送验证码，输入验证码后邮箱才会更改。',
  },
  emailCodeSent: {
    en: 'A code is on its way to the new address.',
    ja: '新しいアドレスに確認コードを送信しました。',
    zh: '验证码已发送至新邮箱。',
  },
  changeEmail: { en: 'Change the address', ja: 'アドレスを変更する', zh: '更改邮箱' },
  emailChanged: {
    en: 'Your email address is changed',
    ja: 'メールアドレスを変更しました',
    zh: '邮箱已更改',
  },
  confirmPassword: { en: 'Your password, to confirm', ja: '確認のためのパスワード', zh: '请输入密码以确认' },
  currentPassword: { en: 'Current password', ja: '現在のパスワード', zh: '当前密码' },
  wrongPassword: {
    en: 'Your current password is another one.',
    ja: '現在のパスワードが正しくありません。',
    zh: '当前密码不正确。',
  },
  changePassword: { en: 'Change the password', ja: 'パスワードを変更する', zh: '更改密码' },
  passwordChanged: {
    en: 'Your password is changed, and your other devices are signed out',
    ja: 'パスワードを変更し、他の端末をログアウトしました',
    zh: '密码已更改，其他设备已退出登录',
  },
  sessions: { en: 'Where you are signed in', ja: 'ログイン中の端末', zh: '已登录的设备' },
  thisDevice: { en: 'This device', ja: 'この端末', zh: '此设备' },
  unknownDevice: { en: 'Unknown device', ja: '不明な端末', zh: '未知设备' },
  lastUse: { en: 'last used', ja: '最終利用', zh: '最近使用' },
  endSession: { en: 'Sign out', ja: 'ログアウトさせる', zh: '退出登录' },
  endOthers: {
    en: 'Sign out all other devices',
    ja: '他の端末をすべてログアウトさせる',
    zh: '退出所有其他设备',
  },
  sessionEnded: { en: 'The device is signed out', ja: 'ログアウトさせました', zh: '已退出登录' },
  data: { en: 'Your data', ja: 'データ', zh: '您的数据' },
  exportHint: {
    en: 'Everything that is stored about you, as one file.',
    ja: 'あなたについて保存されているすべての情報を、1つのファイルで受け取れます。',
    zh: '将我们保存的关于您的全部信息下载为一个文件。',
  },
  export: { en: 'Download my data', ja: 'データをダウンロード', zh: '下载我的数据' },
  exported: { en: 'Your data is downloaded', ja: 'データをダウンロードしました', zh: '数据已下载' },
  delete: { en: 'Delete my account', ja: 'アカウントを削除する', zh: '删除账号' },
  deleteHint: {
    en: 'Your account and everything stored for it are erased at once. Nobody can bring it back.',
    ja: 'アカウントと保存された情報はすぐに消去されます。元に戻すことはできません。',
    zh: '账号及其保存的全部内容将立即清除，无法恢复。',
  },
  deleteSure: {
    en: 'I understand, delete it',
    ja: '元に戻せないことを理解しました',
    zh: '我已了解此操作无法撤销',
  },
} as const satisfies Record<string, Text>;
