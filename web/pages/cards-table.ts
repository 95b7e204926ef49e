import { html } from 'hono/html';
import type { Locale, Text } from '#shared/locale.ts';
import type { Fragment } from '../layout.ts';

interface Cards {
  label: Text;
  /** Of its columns. */
  titles: readonly Text[];
  rows: Fragment[];
}

/** A table whose rows are cards where the page is narrow. */
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

/** Cells, which a card names by the titles of their columns. */
export const cellIn =
  (locale: Locale) =>
  (title: Text, content: string): Fragment =>
    html`<td role="cell" data-title="${title[locale]}">${content}</td>`;
