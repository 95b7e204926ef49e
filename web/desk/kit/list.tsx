import type { ComponentChildren } from 'preact';
import { useState, type Inputs } from 'preact/hooks';
import { Loaded, NotLoaded, useLoad, type Loading } from './load.tsx';
import { useTexts } from './texts.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Listing<Item> extends Loading<Page<Item>> {
  more(): void;
  isLoadingMore: boolean;
  moreProblem?: unknown;
}

/** A list that is read page by page, and from its start whenever `inputs` differ. */
export function useList<Item>(
  read: (cursor: string | null) => Promise<Page<Item>>,
  inputs: Inputs,
): Listing<Item> {
  const first = useLoad(() => read(null), inputs);
  const [{ isLoadingMore, moreProblem }, setMore] = useState<{
    isLoadingMore: boolean;
    moreProblem?: unknown;
  }>({
    isLoadingMore: false,
  });
  const more = async () => {
    const cursor = first.value?.nextCursor;
    if (!cursor || isLoadingMore) return;
    setMore({ isLoadingMore: true });
    try {
      const page = await read(cursor);
      // Not where the list has begun anew meanwhile.
      first.put((shown) =>
        shown.nextCursor === cursor ? { ...page, items: [...shown.items, ...page.items] } : shown,
      );
      setMore({ isLoadingMore: false });
    } catch (problem) {
      setMore({ isLoadingMore: false, moreProblem: problem });
    }
  };
  return { ...first, more: () => void more(), isLoadingMore, moreProblem };
}

/** A list with its states: on its way, broken, empty, and with more to come. */
export function List<Item>({
  of: list,
  empty,
  children,
}: {
  of: Listing<Item>;
  /** What stands in place of an empty list. */
  empty: ComponentChildren;
  children: (items: Item[]) => ComponentChildren;
}) {
  const t = useTexts();
  return (
    <Loaded of={list}>
      {({ items, nextCursor }) => (
        <div aria-busy={list.isLoading}>
          {items.length > 0 ? children(items) : nextCursor === null && <div class="empty">{empty}</div>}
          {list.moreProblem !== undefined && <NotLoaded problem={list.moreProblem} retry={list.more} />}
          {nextCursor !== null && (
            <p class="after">
              <button type="button" class="plain" onClick={list.more} disabled={list.isLoadingMore}>
                {list.isLoadingMore ? t('loading') : t('more')}
              </button>
            </p>
          )}
        </div>
      )}
    </Loaded>
  );
}
