import { html } from 'hono/html';
import type { Locale, Text } from '#shared/locale.ts';
import type { Fragment } from '../layout.ts';

interface Cards {
  label: Text;
  /** Titles of the columns. */
  titles: readonly Text[];
  rows: Fragment[];
}

/** A table whose rows become cards on a narrow page. */
export const cardsTable = ({ label, titles, rows }: Cards, locale: Locale): Fragment =>
  html`<table role="table" class="cards" aria-label="${label[locale]}">
    <thead role="rowgroup">
      <tr role="row">
        ${titles.map((title) => html`<th role="columnheader" scope="col">${title[locale]}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows}
    </tbody>
  </table>`;

/** Makes cells. In a card, each is named by the title of its column. */
export const cellIn =
  (locale: Locale) =>
  (title: Text, content: string): Fragment =>
    html`<td role="cell" data-title="${title[locale]}">${content}</td>`;
