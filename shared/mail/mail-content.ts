import { accentOf } from '../deployment/accent.ts';
import type { Settings } from '../deployment/settings.ts';
import { html } from 'hono/html';
import type { Locale } from '../locale.ts';
import { mailDocument } from './mail-document.ts';

/** A mail ready to go. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

interface Content {
  /** Name and colour of the app that sends the mail. */
  settings: Pick<Settings, 'appName' | 'appColor'>;
  locale: Locale;
  subject: string;
  /** Paragraphs before and after the button. */
  before: readonly string[];
  /** A message that another person wrote to the reader, marked as a quotation. */
  words?: { intro: string; text: string } | undefined;
  /** Says what the button is for, and stands directly above it. */
  lead?: string;
  /** A code for the reader to type: shown large, alone on its line. */
  code?: string;
  after: readonly string[];
  /** The one action that the mail asks for. */
  button: { label: string; url: string };
}

/** A mail with one thing to do, as text and as HTML. Everything in it is escaped. */
export function compose({
  settings: { appName, appColor },
  locale,
  subject,
  before,
  words,
  lead,
  code,
  after,
  button,
}: Content): MailContent {
  const accent = accentOf(appColor);
  const paragraph = (text: string) => html`<p style="margin: 0 0 16px">${text}</p>`;
  const quiet = (text: string) =>
    html`<p class="quiet" style="margin: 0 0 12px; font-size: 14px; color: #565c68">${text}</p>`;
  const body = html`${before.map(paragraph)} ${words ? quoted(words) : ''}
    ${lead === undefined ? '' : paragraph(lead)} ${code === undefined ? '' : large(code)}
    <p style="margin: 24px 0 12px">
      <a
        href="${button.url}"
        class="button"
        style="display: inline-block; padding: 13px 22px; background: ${accent.light}; color: #ffffff; text-decoration: none; border-radius: 8px; font-weight: bold"
        >${button.label}</a
      >
    </p>
    <p class="quiet" style="margin: 0 0 24px; font-size: 14px; color: #565c68; word-break: break-all">
      ${button.url}
    </p>
    ${after.map(quiet)}`;
  return {
    subject,
    text: [
      ...before,
      ...(words ? [words.intro, words.text.replaceAll(/^/gm, '> ')] : []),
      ...(lead === undefined ? [] : [lead]),
      ...(code === undefined ? [] : [code]),
      button.url,
      ...after,
    ].join('\n\n'),
    html: mailDocument({ app: appName, accent, locale, title: subject, body }),
  };
}

const codeStyle =
  'margin: 20px 0; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 32px; letter-spacing: 6px';

/** A code alone on its line, in a typeface whose characters are easy to tell apart. */
const large = (code: string) => html`<p style="${codeStyle}">${code}</p>`;

/** Lines as typed. The bar at the side and the line above mark them as another person's words. */
function quoted({ intro, text }: NonNullable<Content['words']>) {
  const lines = text.split('\n').map((line, at) => html`${at > 0 ? html`<br />` : ''}${line}`);
  return html`<p style="margin: 0 0 8px">${intro}</p>
    <blockquote
      class="words"
      style="margin: 0 0 20px; padding: 4px 0 4px 16px; border-left: 4px solid #767c88"
    >
      ${lines}
    </blockquote>`;
}
