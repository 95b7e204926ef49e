import type { ComponentChildren, Key } from 'preact';

export interface Column<Item> {
  title: string;
  cell: (item: Item) => ComponentChildren;
  /** Whether the cell names its row. */
  isHeader?: boolean;
  /** Whether the cells hold buttons. The column's title is then for screen readers only. */
  isActs?: boolean;
  /** Whether dense cards on a narrow screen leave the cell out, because the row's own page shows it. */
  isOnPage?: boolean;
}

/**
 * A table on a wide screen, a card for each row on a narrow one (`web/assets/desk.css`). Roles are written out, because browsers
 * drop them if CSS changes the layout of a table.
 */
export function Table<Item>({
  name,
  columns,
  items,
  keyOf,
  isDense = false,
}: {
  name: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => Key;
  /** Whether there are so many rows that a card has only two lines. The whole card then leads to the row's own page. */
  isDense?: boolean;
}) {
  return (
    <table role="table" aria-label={name} class={isDense ? 'cards dense' : 'cards'}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, isActs }) => (
            <th key={title} role="columnheader" scope="col">
              {isActs ? <span class="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <tr key={keyOf(item)} role="row">
            {columns.map(({ title, cell, isHeader = false, isActs = false, isOnPage = false }) =>
              isHeader ? (
                <th key={title} role="rowheader" scope="row">
                  {cell(item)}
                </th>
              ) : (
                <td
                  key={title}
                  role="cell"
                  class={isOnPage ? 'on-page' : undefined}
                  data-title={isActs ? undefined : title}
                >
                  {cell(item)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
