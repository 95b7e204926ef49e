import type { Notice, NoticeMail } from './outbox.ts';
import type { Settings } from '../deployment/settings.ts';
import { fill, type Text } from '../locale.ts';
import { noticeTexts as texts } from './notice-texts.ts';
import { showDevice } from '../http/show-device.ts';
import { showTime } from '../show-time.ts';
import { quote } from '../others-words.ts';
import { compose, type MailContent } from './mail-content.ts';

type Deployment = Pick<Settings, 'appName' | 'appColor' | 'timeZone'>;

/** The mail that tells an account's owner of an event, with one thing to do. */
export function composeNotice(mail: NoticeMail, settings: Deployment, origin: string): MailContent {
  return mail.what === 'key'
    ? composeKeyExpiry(mail, settings, origin)
    : composeChange(mail, settings, origin);
}

/** Tells when an API key expires, and links to the page that renews it. */
function composeKeyExpiry(
  { key: { service, expiresAt }, locale }: Extract<NoticeMail, { what: 'key' }>,
  settings: Deployment,
  origin: string,
): MailContent {
  const { appName: app, timeZone } = settings;
  const values = { app, service, time: showTime(expiresAt, locale, timeZone) };
  return compose({
    settings,
    locale,
    subject: fill(texts.keySubject[locale], values),
    before: [fill(texts.keyExpires[locale], values), texts.keyRenewal[locale]],
    button: { label: texts.keysOpen[locale], url: `${origin}/keys` },
    after: [texts.keyNoMore[locale]],
  });
}

/** Tells what was changed, when and from where, and what to do if it was not the reader. */
function composeChange(
  mail: Exclude<NoticeMail, { what: 'key' }>,
  settings: Deployment,
  origin: string,
): MailContent {
  const { appName: app, timeZone } = settings;
  const { what, at, locale } = mail;
  const service = 'service' in mail ? mail.service : '';
  const device = 'device' in mail ? mail.device : undefined;
  const address = 'address' in mail ? mail.address : undefined;
  const time = showTime(at, locale, timeZone);
  const { mine, stranger, label, page } = remedyAfter(what);
  return compose({
    settings,
    locale,
    subject: fill(texts[`${what}Subject`][locale], { app, service }),
    before: [
      fill(texts[`${what}Done`][locale], { app, service }),
      fill(texts.noticeTime[locale], { time }),
      ...(device === undefined
        ? []
        : [fill(texts.noticeDevice[locale], { device: quote(showDevice(device, locale), locale) })]),
      ...(address === undefined ? [] : [fill(texts.noticeAddress[locale], { address })]),
      ...(mine === undefined ? [] : [mine[locale]]),
      fill(stranger[locale], { app }),
    ],
    button: { label: fill(label[locale], { app }), url: `${origin}${page}` },
    after: [],
  });
}

interface Remedy {
  /** What to do if the reader did it or asked for it. Absent for a notice that no reader causes. */
  mine?: Text;
  stranger: Text;
  label: Text;
  page: string;
}

/** What readers do who did not cause the event. The old address of an account, or a deleted account, allows no password reset. */
function remedyAfter(what: Notice): Remedy {
  const { noticeMine: mine, noticeReset: label } = texts;
  switch (what) {
    case 'email':
      return { mine, stranger: texts.emailStranger, label: texts.noticeAccount, page: '/account' };
    case 'account':
      return { mine, stranger: texts.accountStranger, label: texts.noticeApp, page: '/' };
    case 'binding':
      return { mine: texts.bindingMine, stranger: texts.bindingStranger, label, page: '/forgot' };
    case 'session':
      return { stranger: texts.noticeStranger, label, page: '/forgot' };
    default:
      return { mine, stranger: texts.noticeStranger, label, page: '/forgot' };
  }
}
