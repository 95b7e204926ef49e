import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { surfaces, type Accent } from '../deployment/accent.ts';
import type { Locale } from '../locale.ts';

/** The colours of the pages (`web/assets/style.css`) in dark mode. Mail programs without media queries show the light ones. */
const styles = (accent: Accent) =>
  raw(`
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .ground { background: ${surfaces.dark.ground} !important }
  .paper { background: ${surfaces.dark.paper} !important; border-color: #333943 !important }
  .ink { color: #f0f1f4 !important }
  .quiet { color: #b4bac5 !important }
  .button { background: ${accent.dark} !important; color: #10131a !important }
  .words { border-color: #868d99 !important }
}
`);

interface View {
  app: string;
  accent: Accent;
  locale: Locale;
  title: string;
  body: HtmlEscapedString | Promise<HtmlEscapedString>;
}

/** A complete HTML document that looks like the pages: for a phone's width, in light and dark mode, with nothing to load. */
export const mailDocument = ({ app, accent, locale, title, body }: View): string =>
  String(
    html`<!doctype html>
      <html lang="${locale}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <title>${title}</title>
          <style>
            ${styles(accent)}
          </style>
        </head>
        <body class="ground" style="margin: 0; padding: 0; background: ${surfaces.light.ground}">
          <div
            class="ground ink"
            lang="${locale}"
            style="padding: 24px 12px; background: ${surfaces.light.ground}; color: #1b1d22; font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', sans-serif"
          >
            <header style="max-width: 544px; margin: 0 auto 12px; padding: 0 8px; font-weight: bold">
              ${app}
            </header>
            <main
              class="paper ink"
              style="display: block; max-width: 544px; margin: 0 auto; padding: 28px 24px 20px; box-sizing: border-box; background: ${surfaces.light.paper}; color: #1b1d22; border: 1px solid #dde1e9; border-radius: 12px; overflow-wrap: anywhere"
            >
              <h1 style="margin: 0 0 20px; font-size: 22px; line-height: 1.3">${title}</h1>
              ${body}
            </main>
          </div>
        </body>
      </html>`,
  );
