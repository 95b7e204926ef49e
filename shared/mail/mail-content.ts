import { html } from 'hono/html';
import type { Locale } from '../locale.ts';

/** A mail ready to go. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

interface Content {
  locale: Locale;
  subject: string;
  /** Paragraphs before and after the button. */
  before: readonly string[];
  /** What somebody wrote to the reader, marked as theirs. */
  words?: { intro: string; text: string } | undefined;
  /** A code for the reader to type: shown large, alone on its line. */
  code?: string;
  after: readonly string[];
  /** What the mail is for. */
  button: { label: string; url: string };
}

/** A mail with one thing to do, as text and as HTML. Everything in it is escaped. */
export function compose({ locale, subject, before, words, code, after, button }: Content): MailContent {
  const paragraph = (text: string) => html`<p>${text}</p>`;
  const quoted = ({ intro, text }: NonNullable<Content['words']>) =>
    html`<p>${intro}</p>
      <blockquote
        style="margin: 1em 0; padding-left: 1em; border-left: 3px solid #9ca3af; white-space: pre-line"
      >
        ${text}
      </blockquote>`;
  const large = (text: string) =>
    html`<p style="font-family: monospace; font-size: 2em; letter-spacing: 0.2em">${text}</p>`;
  const document = html`<!doctype html>
    <html lang="${locale}">
      <body style="font-family: sans-serif; line-height: 1.6; max-width: 36em; margin: auto; padding: 1em">
        ${before.map(paragraph)} ${words ? quoted(words) : ''} ${code === undefined ? '' : large(code)}
        <p>
          <a
            href="${button.url}"
            style="display: inline-block; padding: 0.7em 1.2em; background: #1d4ed8; color: #ffffff; text-decoration: none; border-radius: 0.5em; font-weight: bold"
            >${button.label}</a
          >
        </p>
        <p style="word-break: break-all">${button.url}</p>
        ${after.map(paragraph)}
      </body>
    </html>`;
  return {
    subject,
    text: [
      ...before,
      ...(words ? [words.intro, words.text.replaceAll(/^/gm, '> ')] : []),
      ...(code === undefined ? [] : [code]),
      button.url,
      ...after,
    ].join('\n\n'),
    html: String(document),
  };
}
