import type { Text } from '../locale.ts';
import type { ErrorEntry } from './entry.ts';

/** Text for both holders of a session that two people held; one of them is its owner. */
export const takenOverText: Text = {
  en: 'This session was in use at two places, so it was ended at both. Sign in again; if you used it at one place only, set a new password.',
  ja: 'このセッションは2か所で使われていたため、両方で終了しました。もう一度ログインしてください。1か所でしか使っていない場合は、新しいパスワードを設定してください。',
  zh: '此会话在两处被使用，因此两处均已终止。请重新登录；如果您只在一处使用过，请设置新密码。',
};

/** Errors of invites, registration and sign-in. */
export const accountErrors = {
  invalid_credentials: {
    status: 401,
    title: {
      en: 'The email address or the password is wrong',
      ja: 'メールアドレスまたはパスワードが正しくありません',
      zh: '邮箱或密码不正确',
    },
    detail: {
      en: 'Check both and try again. If they are right, somebody may have tried wrong ones: wait a while, or set a new password.',
      ja: '両方を確認して、もう一度お試しください。正しい場合は、誤った試行が続いた可能性があります。しばらく待つか、パスワードを再設定してください。',
      zh: '请检查后重试。如果都正确，可能是有人多次输错：请稍后再试，或重置密码。',
    },
  },
  invite_invalid: {
    status: 404,
    title: {
      en: 'The invite link is not valid or has expired',
      ja: '招待リンクが無効または期限切れです',
      zh: '邀请链接无效或已过期',
    },
    detail: {
      en: 'Open the whole link from your newest mail again, or ask for a new one.',
      ja: '最新のメールにあるリンク全体をもう一度開くか、新しい招待を依頼してください。',
      zh: '请重新打开最新邮件中的完整链接，或索取新的邀请。',
    },
  },
  invite_expired: {
    status: 422,
    title: {
      en: 'The invite link has expired',
      ja: '招待リンクの有効期限が切れています',
      zh: '邀请链接已过期',
    },
    detail: {
      en: 'Ask whoever invited you for a new one.',
      ja: '招待した人に新しいリンクを依頼してください。',
      zh: '请向邀请您的人索取新的链接。',
    },
  },
  invite_used: {
    status: 422,
    title: {
      en: 'This invite link has already been used',
      ja: 'この招待リンクは既に使用されています',
      zh: '此邀请链接已被使用',
    },
    detail: {
      en: 'If it was you, sign in. Otherwise ask whoever invited you for a new one.',
      ja: 'ご自身で使用した場合はログインしてください。そうでない場合は新しい招待を依頼してください。',
      zh: '如果是您本人使用的，请直接登录；否则请索取新的邀请。',
    },
  },
  invite_revoked: {
    status: 422,
    title: { en: 'This invite was withdrawn', ja: 'この招待は取り消されました', zh: '此邀请已被撤销' },
    detail: {
      en: 'Ask whoever invited you for a new one.',
      ja: '招待した人に新しいリンクを依頼してください。',
      zh: '请向邀请您的人索取新的链接。',
    },
  },
  email_taken: {
    status: 422,
    title: {
      en: 'This email address is already in use',
      ja: 'このメールアドレスは既に使用されています',
      zh: '此邮箱已被使用',
    },
    detail: {
      en: 'Sign in, or use another address. If you came by an invite, it is still good.',
      ja: 'ログインするか、別のアドレスを使用してください。招待から登録中の場合、招待は引き続き有効です。',
      zh: '请登录或使用其他邮箱。如果您正在通过邀请注册，邀请仍然有效。',
    },
  },
  username_taken: {
    status: 422,
    title: {
      en: 'This username is already in use',
      ja: 'このユーザー名は既に使用されています',
      zh: '此用户名已被使用',
    },
    detail: {
      en: 'Choose another one. If you came by an invite, it is still good.',
      ja: '別のユーザー名を選んでください。招待から登録中の場合、招待は引き続き有効です。',
      zh: '请换一个用户名。如果您正在通过邀请注册，邀请仍然有效。',
    },
  },
  email_mismatch: {
    status: 422,
    title: {
      en: 'The invite is for another email address',
      ja: 'この招待は別のメールアドレス宛てです',
      zh: '此邀请属于另一个邮箱',
    },
    detail: {
      en: 'Register with the address that received the invite.',
      ja: '招待を受け取ったアドレスで登録してください。',
      zh: '请使用收到邀请的邮箱注册。',
    },
  },
  quota_exceeded: {
    status: 429,
    title: { en: 'You have reached a limit', ja: '上限に達しました', zh: '已达到上限' },
    detail: {
      en: 'Come back later, or ask an administrator for more.',
      ja: '後でもう一度お試しいただくか、管理者に追加を依頼してください。',
      zh: '请稍后再试，或请管理员增加。',
    },
  },
  locked: {
    status: 429,
    title: { en: 'Too many wrong tries', ja: '試行回数が上限に達しました', zh: '尝试次数过多' },
    detail: {
      en: 'After {limit} wrong tries nobody can try for a while. Come back in {wait}, or set a new password.',
      ja: '誤った入力が{limit}回続いたため、しばらくお試しいただけません。{wait}後にやり直すか、パスワードを再設定してください。',
      zh: '连续 {limit} 次错误后需要等待。请在{wait}后重试，或重置密码。',
    },
  },
  code_invalid: {
    status: 422,
    title: { en: 'The code is not valid', ja: 'コードが正しくありません', zh: '验证码无效' },
    detail: {
      en: 'Type the code of the newest mail, or ask for a new one.',
      ja: '最新のメールのコードを入力するか、新しいコードを依頼してください。',
      zh: '请输入最新邮件中的验证码，或重新获取。',
    },
  },
  captcha_required: {
    status: 422,
    title: {
      en: 'Please show that you are no program',
      ja: '自動プログラムでないことの確認が必要です',
      zh: '请证明您不是程序',
    },
    detail: {
      en: 'Solve the challenge of /v1/captcha and send it along as captcha.',
      ja: '/v1/captcha の課題を解き、captcha として一緒に送信してください。',
      zh: '请求解 /v1/captcha 的挑战，并作为 captcha 一并提交。',
    },
    onPage: {
      en: 'Send the form again. With JavaScript turned on, your device shows it by itself within a few seconds.',
      ja: 'もう一度送信してください。JavaScriptが有効なら、端末が数秒で自動的に確認します。',
      zh: '请重新提交。启用 JavaScript 后，您的设备会在几秒内自动完成证明。',
    },
  },
  last_admin: {
    status: 409,
    title: { en: 'This is the last administrator', ja: '最後の管理者です', zh: '这是最后一位管理员' },
    detail: {
      en: 'First make somebody else an administrator, whose email address is confirmed.',
      ja: '先に、メールアドレスが確認された別の人を管理者にしてください。',
      zh: '请先将另一位邮箱已验证的人设为管理员。',
    },
  },
  weak_password: {
    status: 422,
    title: { en: 'The password is too weak', ja: 'パスワードが弱すぎます', zh: '密码强度不足' },
    detail: {
      en: 'A few words together make a good password of at least {min} characters.',
      ja: 'いくつかの単語を組み合わせると、{min}文字以上の良いパスワードになります。',
      zh: '几个词组合起来就是至少 {min} 个字符的好密码。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
