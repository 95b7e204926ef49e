import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { accountViewTexts } from './account.ts';
import { actionTexts } from './activity.ts';
import { pageTexts } from './pages.ts';
import { recoveryTexts } from './recovery.ts';
import { usedAppTexts } from './used-apps.ts';
import { sessionTexts } from './sessions.ts';

/** All texts of the account page, with texts that the API and other pages share. */
export const accountPageTexts = {
  ...actionTexts,
  ...sessionTexts,
  ...usedAppTexts,
  ...accountViewTexts,
  username: pageTexts.username,
  usernameHint: pageTexts.usernameHint,
  firstName: pageTexts.firstName,
  lastName: pageTexts.lastName,
  newPassword: recoveryTexts.newPassword,
  sendCode: recoveryTexts.sendCode,
  mailCode: recoveryTexts.mailCode,
  mailCodeHint: recoveryTexts.mailCodeHint,
  mailRefused: recoveryTexts.mailRefused,
  noMailCame: recoveryTexts.noMailCame,
  noMail: recoveryTexts.noMail,
  lostAccount: lostAnswers.account,
  lostPassword: lostAnswers.password,
  lostMail: lostAnswers.mail,
  lostDeletion: lostAnswers.deletion,
} as const;
