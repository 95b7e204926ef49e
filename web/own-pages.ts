import { html } from 'hono/html';
import { accountTexts } from './texts/account.ts';
import { keyTexts } from './texts/keys.ts';
import type { Locale, Text } from '#shared/locale.ts';
import type { Fragment } from './layout.ts';

/** The pages of a signed-in user. */
const pages = {
  '/account': accountTexts.toAccount,
  '/keys': keyTexts.keys,
} as const satisfies Record<string, Text>;

/** The way to one's own pages. @param here the page that it stands on, where that is one of them. */
export const ownPages = (locale: Locale, here?: keyof typeof pages): Fragment =>
  html`<nav>
    ${Object.entries(pages).map(
      ([path, title]) =>
        html`<a href="${path}" ${path === here ? html`aria-current="page"` : ''}>${title[locale]}</a>`,
    )}
  </nav>`;
