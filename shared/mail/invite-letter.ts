import { html } from 'hono/html';
import { never, type Invite } from '../domain/invite.ts';
import { fill, type Locale } from '../texts/locale.ts';
import { mailTexts as texts } from '../texts/mails.ts';
import type { Letter } from './send.ts';

/** The mail that carries an invite's link, as text and as HTML. */
export function inviteLetter(invite: Invite, url: string, appName: string, locale: Locale): Letter {
  const values = { app: appName, name: invite.issuerName ?? appName };
  const end = new Date(invite.expiresAt).toISOString().slice(0, 16).replace('T', ' ');
  const until = invite.expiresAt === never ? '' : fill(texts.until[locale], { time: end });
  const intro = fill(texts.intro[locale], values);
  const subject = fill(texts.subject[locale], values);
  const text = [intro, texts.how[locale], url, until, texts.stranger[locale]].filter(Boolean).join('\n\n');
  const document = html`<!doctype html>
    <html lang="${locale}">
      <body style="font-family: sans-serif; line-height: 1.6; max-width: 36em; margin: auto; padding: 1em">
        <p>${intro}</p>
        <p>${texts.how[locale]}</p>
        <p>
          <a
            href="${url}"
            style="display: inline-block; padding: 0.7em 1.2em; background: #1d4ed8; color: #ffffff; text-decoration: none; border-radius: 0.5em; font-weight: bold"
            >${texts.button[locale]}</a
          >
        </p>
        <p style="word-break: break-all">${url}</p>
        <p>${until}</p>
        <p style="color: #555555">${texts.stranger[locale]}</p>
      </body>
    </html>`;
  return { subject, text, html: String(document) };
}
