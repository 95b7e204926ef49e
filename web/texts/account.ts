import type { Text } from '#shared/locale.ts';

/** What signed-in people read about their own account. */
export const accountTexts = {
  account: { en: 'My account', ja: 'アカウント', zh: '我的账号' },
  deleted: {
    en: 'Your account is deleted.',
    ja: 'アカウントを削除しました。',
    zh: '您的账号已删除。',
  },
  moveHere: { en: 'Move to this device', ja: 'この端末に移行する', zh: '迁移到此设备' },
} as const satisfies Record<string, Text>;

/** Texts that only the account page shows. */
export const accountViewTexts = {
  onThisPage: { en: 'On this page', ja: 'このページの内容', zh: '本页内容' },
  profile: { en: 'Profile', ja: 'プロフィール', zh: '个人资料' },
  language: { en: 'Language of pages and mails', ja: 'ページとメールの言語', zh: '页面与邮件的语言' },
  save: { en: 'Save', ja: '保存する', zh: '保存' },
  profileSaved: {
    en: 'Your profile is saved',
    ja: 'プロフィールを更新しました',
    zh: '个人资料已更新',
  },
  email: { en: 'Email address', ja: 'メールアドレス', zh: '邮箱' },
  noEmail: {
    en: 'Your account has no email address. Without one, a forgotten password cannot be set anew.',
    ja: 'アカウントにメールアドレスがありません。アドレスがないと、パスワードを忘れたときに再設定できません。',
    zh: '您的账号没有邮箱。没有邮箱，忘记密码时将无法重置。',
  },
  confirmed: { en: 'confirmed', ja: '確認済み', zh: '已验证' },
  unverified: { en: 'not confirmed', ja: '未確認', zh: '未验证' },
  confirmNow: { en: 'Confirm it now', ja: '今すぐ確認する', zh: '立即验证' },
  newEmail: { en: 'New email address', ja: '新しいメールアドレス', zh: '新邮箱' },
  emailHint: {
    en: 'We mail a code to the new address. The address changes when you have typed the code.',
    ja: '新しいアドレスに確認コードを送ります。コードを入力するとアドレスが変更されます。',
    zh: '我们会向新邮箱发送验证码，输入验证码后邮箱才会更改。',
  },
  emailCodeSent: {
    en: 'A code is on its way to {email}. It is good for {minutes} minutes.',
    ja: '{email} に確認コードを送信しました。コードの有効期限は{minutes}分です。',
    zh: '验证码已发送至 {email}，{minutes} 分钟内有效。',
  },
  sameEmail: {
    en: 'This is your address already.',
    ja: '現在のアドレスと同じです。',
    zh: '这就是您当前的邮箱。',
  },
  otherEmail: { en: 'Use another address', ja: '別のアドレスにする', zh: '使用其他邮箱' },
  changeEmail: { en: 'Change the address', ja: 'アドレスを変更する', zh: '更改邮箱' },
  emailChanged: {
    en: 'Your email address is changed',
    ja: 'メールアドレスを変更しました',
    zh: '邮箱已更改',
  },
  confirmPassword: { en: 'Your password, to confirm', ja: '確認のためのパスワード', zh: '请输入密码以确认' },
  password: { en: 'Password', ja: 'パスワード', zh: '密码' },
  show: { en: 'Show', ja: '表示', zh: '显示' },
  currentPassword: { en: 'Current password', ja: '現在のパスワード', zh: '当前密码' },
  wrongPassword: {
    en: 'Your current password is another one.',
    ja: '現在のパスワードが正しくありません。',
    zh: '当前密码不正确。',
  },
  passwordHint: {
    en: 'At least {min} characters. Your other devices are signed out.',
    ja: '{min}文字以上。他の端末はログアウトされます。',
    zh: '至少 {min} 个字符。其他设备将退出登录。',
  },
  changePassword: { en: 'Change the password', ja: 'パスワードを変更する', zh: '更改密码' },
  passwordChanged: {
    en: 'Your password is changed, and your other devices are signed out',
    ja: 'パスワードを変更し、他の端末をログアウトしました',
    zh: '密码已更改，其他设备已退出登录',
  },
  data: { en: 'Your data', ja: 'データ', zh: '您的数据' },
  exportHint: {
    en: 'What is stored about your account, as one file.',
    ja: 'アカウントについて保存されている情報を、1つのファイルで受け取れます。',
    zh: '将我们保存的与您账号有关的信息下载为一个文件。',
  },
  export: { en: 'Download my data', ja: 'データをダウンロード', zh: '下载我的数据' },
  exported: { en: 'Your data is downloaded', ja: 'データをダウンロードしました', zh: '数据已下载' },
  delete: { en: 'Delete my account', ja: 'アカウントを削除する', zh: '删除账号' },
  deleteHint: {
    en: 'This is done at once, and nobody can bring it back. It erases:',
    ja: 'すぐに実行され、元に戻すことはできません。次のものが消去されます。',
    zh: '立即执行，无法恢复。以下内容将被清除：',
  },
  goesProfile: {
    en: 'your profile; your username and address are free for others',
    ja: 'プロフィール（ユーザー名とアドレスは他の人が使えるようになります）',
    zh: '个人资料（用户名和邮箱可供他人使用）',
  },
  goesSessions: {
    en: 'every sign-in, on all your devices and in your programs',
    ja: 'すべての端末とプログラムでのログイン',
    zh: '所有设备和程序上的登录',
  },
  goesKeys: {
    en: 'your API keys with their limits; programs that use them are refused',
    ja: 'APIキーと利用上限（APIキーを使うプログラムは拒否されます）',
    zh: 'API 密钥与限额（使用密钥的程序将被拒绝）',
  },
  withdrawsInvites: {
    en: 'Open invites that you sent are withdrawn: their links let nobody in any more. Administrators can still see whom they were for.',
    ja: 'あなたが送った未使用の招待は取り消され、リンクは使えなくなります。宛先は引き続き管理者に表示されます。',
    zh: '您发出且尚未使用的邀请将被撤回，链接随即失效。管理员仍可看到邀请的对象。',
  },
  staysAWhile: {
    en: 'Some things go only later: the activity log with IP addresses, records of mails to you (after 30 days) and backups (after 35 days).',
    ja: '次のものは後から消去されます：IPアドレスを含む操作履歴、あなた宛てのメールの記録（30日後）、バックアップ（35日後）。',
    zh: '以下内容稍后才会清除：含 IP 地址的活动记录、发给您的邮件记录（30 天后）以及备份（35 天后）。',
  },
  deleteSure: {
    en: 'I understand that this cannot be undone',
    ja: '元に戻せないことを理解しました',
    zh: '我已了解此操作无法撤销',
  },
} as const satisfies Record<string, Text>;
