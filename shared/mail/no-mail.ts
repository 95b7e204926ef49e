import type { FailureDetail } from '../errors/failure.ts';

/** What a refusal is called where the deployment sends no mail: whoever is told needs no rights, but somebody who hands the link over. */
export const noMail: FailureDetail = {
  title: {
    en: 'This deployment sends no mail',
    ja: 'このシステムはメールを送信しません',
    zh: '本系统不发送邮件',
  },
};
