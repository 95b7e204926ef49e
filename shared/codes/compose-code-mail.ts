import type { CodeLetter, Purpose } from './mail-code.ts';
import type { Settings } from '../deployment/settings.ts';
import { codeTexts as texts } from './code-texts.ts';
import { fill, type Locale } from '../locale.ts';
import { showTime } from '../show-time.ts';
import { compose, type MailContent } from '../mail/mail-content.ts';

/** The page on which each code is asked for. The code is never part of an address, which browsers and servers keep. */
const pages: Record<Purpose, string> = {
  'email-verify': '/verify',
  'password-reset': '/forgot',
  'email-update': '/account',
  'session-create': '/move',
};

/** The mail that carries a code: its purpose, how long it is good, and what to do if the reader did not ask for it. */
export function composeCodeMail(
  { purpose, expiresAt }: CodeLetter,
  code: string,
  locale: Locale,
  { appName: app, timeZone }: Pick<Settings, 'appName' | 'timeZone'>,
  origin: string,
): MailContent {
  const time = showTime(expiresAt, locale, timeZone);
  return compose({
    locale,
    subject: fill(texts.codeSubject[locale], { app }),
    before: [fill(texts[purpose][locale], { app }), texts.typeCode[locale]],
    code,
    button: { label: texts.openPage[locale], url: `${origin}${pages[purpose]}` },
    after: [fill(texts.codeUntil[locale], { time }), texts.codeStranger[locale]],
  });
}
