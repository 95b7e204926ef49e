import type { FailureDetail } from '../errors/failure.ts';

/** The title of a refusal if the deployment sends no mail: the caller lacks no rights, but needs a person who hands the link over. */
export const noMail: FailureDetail = {
  title: {
    en: 'This deployment sends no mail',
    ja: 'このシステムはメールを送信しません',
    zh: '本系统不发送邮件',
  },
};

/** The answer if mail to the address is not suppressed. */
export const notHeldBack: FailureDetail = {
  explain: {
    en: 'Mail to this address is not held back. Check its spelling; if it is right, just send again.',
    ja: 'このアドレスへのメールは停止されていません。つづりを確認し、正しければそのまま送信してください。',
    zh: '发往该邮箱的邮件未被停止。请检查拼写；如果无误，直接发送即可。',
  },
};
