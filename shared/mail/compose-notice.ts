import type { Notice, NoticeMail } from './outbox.ts';
import type { Settings } from '../deployment/settings.ts';
import { fill } from '../locale.ts';
import { noticeTexts as texts } from './notice-texts.ts';
import { showTime } from '../show-time.ts';
import { quote } from '../others-words.ts';
import { compose, type MailContent } from './mail-content.ts';

type Deployment = Pick<Settings, 'appName' | 'timeZone'>;

/** What an account's owner is told, with one thing to do. */
export function composeNotice(mail: NoticeMail, settings: Deployment, origin: string): MailContent {
  return mail.what === 'key'
    ? composeKeyExpiry(mail, settings, origin)
    : composeChange({ ...mail, what: mail.what }, settings, origin);
}

/** Tells when an API key expires, and leads to where it is renewed. */
function composeKeyExpiry(
  { key, at, locale }: NoticeMail,
  { appName: app, timeZone }: Deployment,
  origin: string,
): MailContent {
  const { service, expiresAt } = key ?? { service: app, expiresAt: at };
  const values = { app, service, time: showTime(expiresAt, locale, timeZone) };
  return compose({
    app,
    locale,
    subject: fill(texts.keySubject[locale], values),
    before: [fill(texts.keyExpires[locale], values), texts.keyRenewal[locale]],
    button: { label: texts.keyRenew[locale], url: `${origin}/keys` },
    after: [texts.keyNoMore[locale]],
  });
}

/** Tells what was changed, when and from where, and what to do if it was not the reader. */
function composeChange(
  { what, at, device, address, service = '', locale }: NoticeMail & { what: Exclude<Notice, 'key'> },
  { appName: app, timeZone }: Deployment,
  origin: string,
): MailContent {
  const time = showTime(at, locale, timeZone);
  // The reader of the old address can reset no password any more.
  const [stranger, label, page] =
    what === 'email'
      ? [texts.emailStranger, texts.noticeAccount, '/account']
      : [texts.noticeStranger, texts.noticeReset, '/forgot'];
  return compose({
    app,
    locale,
    subject: fill(texts[`${what}Subject`][locale], { app, service }),
    before: [
      fill(texts[`${what}Done`][locale], { app, service }),
      fill(texts.noticeTime[locale], { time }),
      ...(device === undefined ? [] : [fill(texts.noticeDevice[locale], { device: quote(device, locale) })]),
      ...(address === undefined ? [] : [fill(texts.noticeAddress[locale], { address })]),
      ...(what === 'session' ? [] : [texts.noticeMine[locale]]),
      stranger[locale],
    ],
    button: { label: label[locale], url: `${origin}${page}` },
    after: [],
  });
}
