import { useLayoutEffect, useState, type Inputs } from 'preact/hooks';

export interface Selection<Item> {
  items: readonly Item[];
  has(item: Item): boolean;
  toggle(item: Item): void;
  /** Selects these and no others. */
  only(items: readonly Item[]): void;
  without(ids: readonly string[]): void;
}

/** The ticked rows of a list. Rows that are no longer shown do not count, and a change of `inputs` clears all. */
export function useSelection<Item extends { id: string }>(
  shown: readonly Item[],
  inputs: Inputs,
): Selection<Item> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  // At once with the drawing: an effect that comes later would clear a row that was ticked in between.
  useLayoutEffect(() => setIds(new Set()), inputs);
  return {
    items: shown.filter(({ id }) => ids.has(id)),
    has: ({ id }) => ids.has(id),
    toggle: ({ id }) =>
      setIds((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    without: (others) => setIds((before) => new Set([...before].filter((id) => !others.includes(id)))),
    only: (items) => setIds(new Set(items.map(({ id }) => id))),
  };
}
