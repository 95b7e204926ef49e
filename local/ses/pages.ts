import { html, raw } from 'hono/html';
import { fill, type Locale } from '#shared/locale.ts';
import { inboxTexts as texts } from './inbox-texts.ts';
import { linked } from './links.ts';
import type { StoredMail } from './mailbox.ts';

/** The list shows only this many of the newest mails; the JSON has all. */
const maxRows = 200;

/** The sandbox of a mail's frame: a link may leave the frame, no script runs. */
export const sandbox = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

const styles = raw(`
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 1rem; background: light-dark(#fff, #121212); color: light-dark(#1b1d22, #f0f1f4) }
a { color: light-dark(#1d4ed8, #8fb3ff) } h1 { font-size: 1.3rem; overflow-wrap: anywhere } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
ol { list-style: none; margin: 0; padding: 0 }
li { border-top: 1px solid var(--line); padding: .6rem 0; overflow-wrap: anywhere }
li a { font-weight: 600; display: block; padding: .7rem 0 } p > a { display: inline-block; min-width: 2.75rem; padding: .7rem 0 } small, dt { opacity: .75 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; overflow-wrap: anywhere } dd { margin: 0 }
.state { border: 1px solid; border-radius: 1em; padding: 0 .6em; font-size: .8rem; white-space: nowrap }
.bounced, .complained { color: light-dark(#c62828, #ef9a9a) } .delivered { color: light-dark(#2e7d32, #a5d6a7) }
iframe { box-sizing: border-box; width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: .4rem; background: #fff }
pre { font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .4rem; padding: .8rem }
`);

const page = (locale: Locale, title: string, head: unknown, body: unknown) =>
  html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${head}
        <style>
          ${styles}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;

const state = ({ delivery }: StoredMail, locale: Locale) =>
  html`<span class="state ${delivery}">${texts[delivery][locale]}</span>`;

const time = ({ at }: StoredMail) =>
  html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;

const subject = (mail: StoredMail, locale: Locale): string => mail.subject.trim() || texts.noSubject[locale];

/** A sender in readable form: encoded words (RFC 2047) are decoded. */
const shownSender = (from: string): string =>
  from
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?B\?([\w+/=]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString());

const row = (mail: StoredMail, locale: Locale) =>
  html`<li>
    <a href="/mails/${mail.id}">${subject(mail, locale)}</a>
    <small>${mail.to} · ${time(mail)}</small> ${state(mail, locale)}
  </li>`;

function countText(count: number, locale: Locale): string {
  if (count === 0) return texts.empty[locale];
  return count > maxRows
    ? fill(texts.newest[locale], { shown: maxRows, count })
    : fill(texts.count[locale], { count });
}

/** Shows new mails without reloading the page, because a reload would lose the reader's scroll position and focus. */
export const listScript = `setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const shown = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  const here = document.querySelector('main');
  if (here.innerHTML === shown.innerHTML) return;
  const focused = document.activeElement?.getAttribute('href');
  here.replaceChildren(...shown.childNodes);
  if (focused) here.querySelector('a[href="' + focused + '"]')?.focus();
}, 2000);
`;

/** The list of `mails`, given oldest first and shown newest first. New mails appear without a reload. */
export const listPage = (mails: readonly StoredMail[], locale: Locale) =>
  page(
    locale,
    texts.inbox[locale],
    html`<script src="/inbox.js" defer></script>`,
    html`<h1>${texts.inbox[locale]}</h1>
      <p role="status"><small>${countText(mails.length, locale)}</small></p>
      <ol>
        ${mails
          .slice(-maxRows)
          .toReversed()
          .map((mail) => row(mail, locale))}
      </ol>`,
  );

/** The HTML of a mail as a document whose links open outside its frame. */
const framed = (mail: StoredMail): string => `<base target="_top">${mail.html}`;

const htmlPart = (mail: StoredMail, locale: Locale) =>
  html`<h2>${texts.html[locale]}</h2>
    <iframe title="${texts.frame[locale]}" sandbox="${sandbox}" srcdoc="${framed(mail)}"></iframe>
    <p><a href="/mails/${mail.id}/html">${texts.alone[locale]}</a></p>`;

const textPart = (mail: StoredMail, locale: Locale) =>
  html`<h2>${texts.text[locale]}</h2>
    <pre>${linked(mail.text)}</pre>`;

/** One mail: its headers, its delivery, and both of its parts. */
export const mailPage = (mail: StoredMail, locale: Locale) =>
  page(
    locale,
    subject(mail, locale),
    '',
    html`<p><a href="/">${texts.inbox[locale]}</a></p>
      <h1>${subject(mail, locale)}</h1>
      <dl>
        <dt>${texts.from[locale]}</dt>
        <dd>${shownSender(mail.from)}</dd>
        <dt>${texts.to[locale]}</dt>
        <dd>${mail.to}</dd>
        <dt>${texts.sent[locale]}</dt>
        <dd>${time(mail)}</dd>
        <dt>${texts.delivery[locale]}</dt>
        <dd>${state(mail, locale)}</dd>
      </dl>
      ${mail.html && htmlPart(mail, locale)} ${mail.text && textPart(mail, locale)}`,
  );
