import { html, raw } from 'hono/html';
import { linked } from './links.ts';
import type { StoredMail } from './mailbox.ts';

/** The list shows this many mails, the newest; the JSON has all. */
const maxRows = 200;

/** The sandbox of a mail's frame: a link may leave the frame, no script runs. */
export const sandbox = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

const styles = raw(`
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 1rem }
a { color: LinkText } h1 { font-size: 1.3rem; overflow-wrap: anywhere } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
ol { list-style: none; margin: 0; padding: 0 }
li { border-top: 1px solid var(--line); padding: .6rem 0; overflow-wrap: anywhere }
li a { font-weight: 600; display: block } small, dt { opacity: .75 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; overflow-wrap: anywhere } dd { margin: 0 }
.state { border: 1px solid; border-radius: 1em; padding: 0 .6em; font-size: .8rem; white-space: nowrap }
.bounced, .complained { color: light-dark(#c62828, #ef9a9a) } .delivered { color: light-dark(#2e7d32, #a5d6a7) }
iframe { box-sizing: border-box; width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: .4rem; background: #fff }
pre { font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .4rem; padding: .8rem }
`);

const page = (title: string, head: unknown, body: unknown) =>
  html`<!doctype html>
    <html lang="en">
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
        ${body}
      </body>
    </html>`;

const state = ({ delivery }: StoredMail) => html`<span class="state ${delivery}">${delivery}</span>`;

const time = ({ at }: StoredMail) =>
  html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;

const subject = (mail: StoredMail): string => mail.subject.trim() || '(no subject)';

const row = (mail: StoredMail) =>
  html`<li>
    <a href="/mails/${mail.id}">${subject(mail)}</a>
    <small>${mail.to} · ${time(mail)}</small> ${state(mail)}
  </li>`;

const countText = (count: number): string => {
  if (count === 0) return 'No mail yet. What the app sends appears here by itself.';
  return count > maxRows
    ? `The newest ${maxRows} of ${count} mails`
    : `${count} ${count === 1 ? 'mail' : 'mails'}`;
};

/** The list of `mails`, given oldest first and shown newest first; it reloads itself every 5 seconds. */
export const listPage = (mails: readonly StoredMail[]) =>
  page(
    'Inbox',
    html`<meta http-equiv="refresh" content="5" />`,
    html`<h1>Inbox</h1>
      <p><small>${countText(mails.length)}</small></p>
      <ol>
        ${mails.slice(-maxRows).toReversed().map(row)}
      </ol>`,
  );

/** The HTML of a mail as a document whose links leave the frame that shows it. */
const framed = (mail: StoredMail): string => `<base target="_top">${mail.html}`;

const htmlPart = (mail: StoredMail) =>
  html`<h2>HTML</h2>
    <iframe title="The mail as HTML" sandbox="${sandbox}" srcdoc="${framed(mail)}"></iframe>
    <p><a href="/mails/${mail.id}/html">HTML alone</a></p>`;

const textPart = (mail: StoredMail) =>
  html`<h2>Text</h2>
    <pre>${linked(mail.text)}</pre>`;

/** One mail: its headers, what became of it, and both of its parts. */
export const mailPage = (mail: StoredMail) =>
  page(
    subject(mail),
    '',
    html`<p><a href="/">Inbox</a></p>
      <h1>${subject(mail)}</h1>
      <dl>
        <dt>From</dt>
        <dd>${mail.from}</dd>
        <dt>To</dt>
        <dd>${mail.to}</dd>
        <dt>Sent</dt>
        <dd>${time(mail)}</dd>
        <dt>Delivery</dt>
        <dd>${state(mail)}</dd>
      </dl>
      ${mail.html && htmlPart(mail)} ${mail.text && textPart(mail)}`,
  );
