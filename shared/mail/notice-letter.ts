import type { NoticeMail } from '../data/outbox.ts';
import type { Settings } from '../settings.ts';
import { fill } from '../texts/locale.ts';
import { noticeTexts as texts } from '../texts/notices.ts';
import { showTime } from '../texts/time.ts';
import { compose, type Letter } from './letter.ts';

/** Tells an account's owner what was done, when and from where, and what to do if it was somebody else. */
export function noticeLetter(
  { what, at, device, address, locale }: NoticeMail,
  { appName: app, timeZone }: Pick<Settings, 'appName' | 'timeZone'>,
  origin: string,
): Letter {
  const time = showTime(at, locale, timeZone);
  // The reader of the old address can reset no password any more.
  const [stranger, label, page] =
    what === 'email'
      ? [texts.emailStranger, texts.noticeAccount, '/account']
      : [texts.noticeStranger, texts.noticeReset, '/forgot'];
  return compose({
    locale,
    subject: fill(texts[`${what}Subject`][locale], { app }),
    before: [
      fill(texts[`${what}Done`][locale], { app }),
      fill(texts.noticeTime[locale], { time }),
      ...(device === undefined ? [] : [fill(texts.noticeDevice[locale], { device })]),
      ...(address === undefined ? [] : [fill(texts.noticeAddress[locale], { address })]),
      texts.noticeMine[locale],
      stranger[locale],
    ],
    button: { label: label[locale], url: `${origin}${page}` },
    after: [],
  });
}
