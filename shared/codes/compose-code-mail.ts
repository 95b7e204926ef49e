import type { CodeLetter, Purpose } from './mail-code.ts';
import type { Settings } from '../deployment/settings.ts';
import { codeTexts as texts } from './code-texts.ts';
import { fill, type Locale } from '../locale.ts';
import { showTime } from '../show-time.ts';
import { compose, type MailContent } from '../mail/mail-content.ts';

/** The pages to request a code and, with a flow's id appended, to type it. Addresses hold no code: browsers and servers store them. */
const pages: Record<Purpose, string> = {
  'email-verify': '/verify',
  'password-reset': '/forgot',
  'email-update': '/account',
  'session-create': '/move',
};

/** The page to type the code. A new email address is confirmed on the page that requested it. */
const pageOf = (purpose: Purpose, flow: string | undefined): string =>
  flow === undefined || purpose === 'email-update' ? pages[purpose] : `${pages[purpose]}/${flow}`;

/** The mail that carries a code: its purpose, how long it is good, and what to do if the reader did not ask for it. */
export function composeCodeMail(
  { purpose, expiresAt }: CodeLetter,
  { code, flow }: { code: string; flow: string | undefined },
  locale: Locale,
  settings: Pick<Settings, 'appName' | 'appColor' | 'timeZone'>,
  origin: string,
): MailContent {
  const { appName: app, timeZone } = settings;
  const time = showTime(expiresAt, locale, timeZone);
  return compose({
    settings,
    locale,
    subject: fill(texts.codeSubject[locale], { app }),
    before: [fill(texts[purpose][locale], { app }), texts.typeCode[locale]],
    code,
    button: { label: texts.openPage[locale], url: origin + pageOf(purpose, flow) },
    after: [fill(texts.codeUntil[locale], { time }), texts.codeStranger[locale]],
  });
}
