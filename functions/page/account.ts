import { appTitles } from '#shared/apps/app-titles.ts';
import { typedMailCodeMaxLength } from '#shared/codes/fields.ts';
import { codeLength } from '#shared/codes/mail-code.ts';
import { accountPageTexts } from '#web/texts/account-page.ts';
import { memberPage } from '#web/member-page.ts';
import { strengthOf } from '#web/strength.ts';
import { accountTexts } from '#web/texts/account.ts';

export default memberPage({
  summary:
    'My account: profile, address, password, sessions, what happened to it, and all data that is stored about me.',
  path: '/account',
  view: 'account',
  title: accountTexts.account,
  texts: accountPageTexts,
  facts: (settings, user, locale) => ({
    // A device-only account has neither address nor password.
    hasPassword: !user.deviceOnly,
    sendsMail: settings.mailFrom !== null,
    apps: appTitles({ appEntrances: settings.appEntrances }),
    strength: strengthOf(locale, settings),
    passwordMinLength: settings.passwordMinLength,
    mailCode: {
      length: codeLength,
      typedMaxLength: typedMailCodeMaxLength,
      minutes: settings.codeMinutes,
    },
  }),
});
