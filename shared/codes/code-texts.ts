import type { Text } from '../locale.ts';

/** Texts of a code's mail. The text about a code's purpose has the name of that purpose. */
export const codeTexts = {
  codeSubject: { en: 'Your code for {app}', ja: '{app} の確認コード', zh: '{app} 验证码' },
  'email-verify': {
    en: 'With this code you confirm your email address at {app}.',
    ja: 'このコードで {app} のメールアドレスを確認します。',
    zh: '请使用此验证码验证您在 {app} 的邮箱。',
  },
  'password-reset': {
    en: 'With this code you set a new password for {app}.',
    ja: 'このコードで {app} の新しいパスワードを設定します。',
    zh: '请使用此验证码设置 {app} 的新密码。',
  },
  'email-update': {
    en: 'With this code you make this address your address at {app}.',
    ja: 'このコードで {app} のメールアドレスをこのアドレスに変更します。',
    zh: '请使用此验证码将此邮箱设为您在 {app} 的邮箱。',
  },
  'session-create': {
    en: 'With this code you move your account at {app} to another device.',
    ja: 'このコードで {app} のアカウントを別の端末に移行します。',
    zh: '请使用此验证码将您的 {app} 账号迁移到另一台设备。',
  },
  typeCode: {
    en: 'Type it on the page that asked for it:',
    ja: 'コードの入力を求めているページに入力してください。',
    zh: '请在要求输入验证码的页面中输入：',
  },
  openPage: { en: 'Open the page', ja: 'ページを開く', zh: '打开页面' },
  codeUntil: {
    en: 'The code is good once, until {time}.',
    ja: 'コードの有効期限は {time} で、1回だけ使えます。',
    zh: '验证码有效期至 {time}，只能使用一次。',
  },
  expired: { en: 'The code has expired', ja: 'コードの有効期限が切れています', zh: '验证码已过期' },
  askAnew: {
    en: 'It was good for {life}. Ask for a new one.',
    ja: 'コードの有効期間は{life}です。新しいコードを依頼してください。',
    zh: '验证码有效期为 {life}。请重新获取。',
  },
  codeStranger: {
    en: 'If you did not ask for it, ignore this mail and tell nobody the code. Nothing happens without it.',
    ja: 'お心当たりがない場合は、このメールを無視し、コードを誰にも教えないでください。コードがなければ何も起こりません。',
    zh: '如果不是您本人申请，请忽略此邮件，并且不要将验证码告诉任何人。没有验证码就不会发生任何事情。',
  },
} as const satisfies Record<string, Text>;
