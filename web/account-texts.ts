import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { accountViewTexts } from './texts/account.ts';
import { actionTexts } from './texts/activity.ts';
import { pageTexts } from './texts/pages.ts';
import { recoveryTexts } from './texts/recovery.ts';
import { usedAppTexts } from './texts/used-apps.ts';
import { sessionTexts } from './texts/sessions.ts';

/** All that the page of one's account says, with texts that the API and other pages share. */
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
