import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Answer } from '#shared/http/answer.ts';
import type { Locale } from '#shared/texts/locale.ts';

export type Fragment = HtmlEscapedString | Promise<HtmlEscapedString>;

interface View {
  locale: Locale;
  appName: string;
  title: string;
  content: Fragment;
  /** Whether the page wants the browser script. */
  script?: boolean;
  status?: number;
}

/** A whole page. Every value is escaped by `html`; nothing is inline, so the strict policy holds. */
export function htmlPage({ locale, appName, title, content, script = false, status = 200 }: View): Answer {
  const document = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – ${appName}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/style.css" />
        ${script ? html`<script type="module" src="/assets/app.js"></script>` : ''}
      </head>
      <body>
        <header><a href="/">${appName}</a></header>
        <main>${content}</main>
      </body>
    </html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: String(document) };
}
