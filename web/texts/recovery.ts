import type { Text } from '#shared/locale.ts';

/** Texts of the pages that send or take a mailed code: for a forgotten password, an unproven mailbox, another device. */
export const recoveryTexts = {
  forgot: { en: 'Forgot your password?', ja: 'パスワードをお忘れですか？', zh: '忘记密码？' },
  forgotTitle: { en: 'Set a new password', ja: 'パスワードの再設定', zh: '重置密码' },
  forgotHint: {
    en: 'We mail you a code. With it you set a new password.',
    ja: '登録したメールアドレスに確認コードを送ります。コードを使って新しいパスワードを設定できます。',
    zh: '我们会向您的邮箱发送验证码，凭验证码即可设置新密码。',
  },
  sendCode: { en: 'Mail me a code', ja: 'コードを送る', zh: '发送验证码' },
  noMail: {
    en: 'This site sends no mail. Ask an administrator to help you.',
    ja: 'このシステムはメールを送信しません。管理者にご相談ください。',
    zh: '本系统不发送邮件。请联系管理员协助处理。',
  },
  codeSent: {
    en: 'If there is an account with this address, a code is on its way to it. It is good for {minutes} minutes.',
    ja: 'このアドレスのアカウントがある場合、確認コードを送信しました。コードの有効期限は{minutes}分です。',
    zh: '如果存在使用该邮箱的账号，验证码已发送。验证码 {minutes} 分钟内有效。',
  },
  mailRefused: {
    en: 'Mail could not be sent just now. We try again by ourselves within a few minutes. If nothing comes, check the address, or ask an administrator.',
    ja: 'メールを送信できませんでした。数分以内に自動で再送します。届かない場合は、アドレスを確認するか管理者にご相談ください。',
    zh: '刚才邮件未能发送，我们会在几分钟内自动重试。如果仍未收到，请检查邮箱地址或联系管理员。',
  },
  mailCode: { en: 'Code from the mail', ja: '確認コード', zh: '邮件中的验证码' },
  mailCodeHint: {
    en: '{length} letters and digits',
    ja: 'メールに記載された英数字{length}文字',
    zh: '邮件中的 {length} 位字母和数字',
  },
  noMailCame: {
    en: 'No mail? Look into the spam folder.',
    ja: 'メールが届かない場合は、迷惑メールフォルダーもご確認ください。',
    zh: '没有收到邮件？请查看垃圾邮件文件夹。',
  },
  askAgain: { en: 'Mail me the code again', ja: 'コードをもう一度送る', zh: '重新发送验证码' },
  newPassword: { en: 'New password', ja: '新しいパスワード', zh: '新密码' },
  setPassword: { en: 'Set the password', ja: 'パスワードを設定する', zh: '设置密码' },
  passwordSet: {
    en: 'Your password is set, and all devices were signed out. Sign in with it.',
    ja: 'パスワードを設定し、すべての端末をログアウトしました。新しいパスワードでログインしてください。',
    zh: '密码已设置，所有设备均已退出登录。请使用新密码登录。',
  },
  passwordChanged: {
    en: 'Your password is set, and your other devices were signed out.',
    ja: 'パスワードを設定し、他の端末をログアウトしました。',
    zh: '密码已设置，其他设备已退出登录。',
  },
  verifyTitle: { en: 'Confirm your email address', ja: 'メールアドレスの確認', zh: '验证邮箱' },
  verifyHint: {
    en: 'We mail a code to the address of your account. Type it here, and the address is confirmed.',
    ja: 'アカウントのメールアドレスに確認コードを送ります。届いたコードを入力すると確認が完了します。',
    zh: '我们会向您账号的邮箱发送验证码，输入后即完成验证。',
  },
  verifySent: {
    en: 'A code is on its way to you. It is good for {minutes} minutes.',
    ja: '確認コードを送信しました。コードの有効期限は{minutes}分です。',
    zh: '验证码已发送，{minutes} 分钟内有效。',
  },
  verified: {
    en: 'Your email address is confirmed.',
    ja: 'メールアドレスを確認しました。',
    zh: '邮箱已验证。',
  },
  confirm: { en: 'Confirm', ja: '確認する', zh: '确认' },
  unverifiedNotice: {
    en: 'Your email address is not confirmed yet.',
    ja: 'メールアドレスの確認がまだ済んでいません。',
    zh: '您的邮箱尚未验证。',
  },
  moveTitle: { en: 'Move to this device', ja: 'この端末への移行', zh: '迁移到此设备' },
  moveHint: {
    en: 'Your account is registered on another device. With a code by mail and your password you move it here; the other device is signed out.',
    ja: 'アカウントは別の端末に登録されています。メールの確認コードとパスワードで、この端末に移行できます。元の端末はログアウトされます。',
    zh: '您的账号登记在另一台设备上。凭邮件验证码和密码可将其迁移到此设备，原设备将退出登录。',
  },
  moveSubmit: { en: 'Use this device', ja: 'この端末を使う', zh: '使用此设备' },
} as const satisfies Record<string, Text>;
