import type { Text } from '../locale.ts';

/** Texts for a form sent before its page's script looked for the device's key: it had not run, or the key store was silent. */
export const unprovenDevice = {
  title: {
    en: 'Your device was not recognised',
    ja: '端末を確認できませんでした',
    zh: '未能识别您的设备',
  },
  explain: {
    en: 'If you registered with this device, the page had not finished loading, or JavaScript is turned off: turn it on and send the form again. If not, use that device, or move to this one with a code by mail. If your account has no email address, ask an administrator for a new link.',
    ja: '登録した端末の場合は、ページの読み込みが終わっていなかったか、JavaScriptが無効になっています。JavaScriptを有効にして、もう一度送信してください。別の端末の場合は、登録した端末を使うか、メールのコードでこの端末に移行してください。メールアドレスのないアカウントの場合は、管理者に新しいリンクを依頼してください。',
    zh: '如果这就是登记时的设备，说明页面尚未加载完，或 JavaScript 已停用：请启用 JavaScript 后重新提交。如果不是，请使用登记时的设备，或通过邮件验证码迁移到此设备。如果您的账号没有邮箱，请向管理员索取新的链接。',
  },
} as const satisfies Record<string, Text>;
