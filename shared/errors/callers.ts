import type { ErrorEntry } from './entry.ts';

/** Errors about who calls, and from where. */
export const callerErrors = {
  unauthenticated: {
    status: 401,
    title: { en: 'You are not signed in', ja: 'ログインしていません', zh: '您尚未登录' },
    detail: {
      en: 'Sign in and try again.',
      ja: 'ログインしてからもう一度お試しください。',
      zh: '请登录后重试。',
    },
  },
  forbidden: {
    status: 403,
    title: { en: 'Administrator rights are required', ja: '管理者権限が必要です', zh: '需要管理员权限' },
    detail: {
      en: 'Ask an administrator to do this for you.',
      ja: '管理者に依頼してください。',
      zh: '请联系管理员代为操作。',
    },
  },
  reauthentication_required: {
    status: 403,
    title: {
      en: 'Please confirm that it is you',
      ja: '本人確認が必要です',
      zh: '请确认是您本人',
    },
    detail: {
      en: 'This needs a sign-in within the last ten minutes. Sign in once more, and then do it again.',
      ja: 'この操作には10分以内のログインが必要です。もう一度ログインしてから、操作をやり直してください。',
      zh: '此操作需要在最近十分钟内登录过。请再次登录，然后重新操作。',
    },
  },
  not_verified: {
    status: 403,
    title: {
      en: 'Your email address is not confirmed',
      ja: 'メールアドレスが確認されていません',
      zh: '您的邮箱尚未验证',
    },
    detail: {
      en: 'Confirm your email address first. Where no mail goes out, an administrator can vouch for it.',
      ja: '先にメールアドレスを確認してください。メールが送信されない環境では、管理者が代わりに確認できます。',
      zh: '请先验证您的邮箱。在不发送邮件的环境中，可由管理员代为确认。',
    },
  },
  device_mismatch: {
    status: 403,
    title: {
      en: 'This is not the registered device',
      ja: '登録された端末ではありません',
      zh: '这不是已登记的设备',
    },
    detail: {
      en: 'Use the device that you registered with, or move to this one with a code by mail. Check that its clock is right. If your account has no email address, ask an administrator for a new link.',
      ja: '登録した端末を使うか、メールのコードでこの端末に移行してください。端末の時計も確認してください。メールアドレスのないアカウントの場合は、管理者に新しいリンクを依頼してください。',
      zh: '请使用登记时的设备，或通过邮件验证码迁移到此设备。请检查设备时间是否准确。如果您的账号没有邮箱，请向管理员索取新的链接。',
    },
  },
  cross_site: {
    status: 403,
    title: {
      en: 'The request came from another site',
      ja: '別のサイトからのリクエストです',
      zh: '请求来自其他网站',
    },
    detail: {
      en: 'Open the page on this site and try again. Programs use transport "token" or a Bearer token.',
      ja: 'このサイトのページを開いてもう一度お試しください。プログラムからは transport "token" または Bearer トークンを使います。',
      zh: '请打开本站页面后重试。程序请使用 transport "token" 或 Bearer 令牌。',
    },
    onPage: {
      en: 'Open the page on this site and try again.',
      ja: 'このサイトのページを開いて、もう一度お試しください。',
      zh: '请打开本站页面后重试。',
    },
  },
  misdirected: {
    status: 403,
    title: {
      en: 'This address is not in use',
      ja: 'このアドレスは使われていません',
      zh: '此地址未启用',
    },
    detail: {
      en: 'Use {address} instead.',
      ja: '代わりに {address} をご利用ください。',
      zh: '请改用 {address}。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
