import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState, type Inputs } from 'preact/hooks';
import { Loaded, NotLoaded, useLoad, type Loading } from './load.tsx';
import { useTexts } from './texts.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The state of reading the next page. */
interface More {
  isLoadingMore: boolean;
  moreProblem?: unknown;
}

export interface Listing<Item, Answer extends Page<Item> = Page<Item>> extends Loading<Answer>, More {
  /** Whether the list depends on filters. */
  isFiltered: boolean;
  more(): void;
}

/** A list that is read page by page, and again from its start whenever `inputs` change. */
export function useList<Item, Answer extends Page<Item> = Page<Item>>(
  read: (cursor: string | null) => Promise<Answer>,
  inputs: Inputs,
): Listing<Item, Answer> {
  const first = useLoad(() => read(null), inputs);
  const [{ isLoadingMore, moreProblem }, setMore] = useState<More>({ isLoadingMore: false });
  // Counts the starts: a page that was asked for before the list began anew does not belong to it.
  const begun = useRef(0);
  useLayoutEffect(() => {
    begun.current += 1;
    setMore({ isLoadingMore: false });
  }, inputs);
  const more = async () => {
    const cursor = first.value?.nextCursor;
    if (!cursor || isLoadingMore || first.isLoading) return;
    const mine = begun.current;
    const isMine = () => begun.current === mine;
    setMore({ isLoadingMore: true });
    try {
      const page = await read(cursor);
      if (!isMine()) return;
      // Not added if the list was read again meanwhile.
      first.put((shown) =>
        shown.nextCursor === cursor ? { ...page, items: [...shown.items, ...page.items] } : shown,
      );
      setMore({ isLoadingMore: false });
    } catch (problem) {
      if (isMine()) setMore({ isLoadingMore: false, moreProblem: problem });
    }
  };
  return { ...first, more: () => void more(), isLoadingMore, moreProblem, isFiltered: inputs.length > 0 };
}

/** A list with its states: loading, failed, empty, and with more pages to come. */
export function List<Item>({
  of: list,
  empty,
  children,
}: {
  of: Listing<Item>;
  /** Shown in place of an empty list. */
  empty: ComponentChildren;
  children: (items: Item[]) => ComponentChildren;
}) {
  const t = useTexts();
  const isBusy = list.isLoading || list.isLoadingMore;
  const { value } = list;
  return (
    <>
      {/* Stays in the page while a filter is answered: screen readers announce what changes in it. */}
      {list.isFiltered && (
        <p class="unseen" role="status">
          {value && !list.isLoading && t('shown', { count: value.items.length })}
        </p>
      )}
      <Loaded of={list}>
        {({ items, nextCursor }) => (
          <div aria-busy={list.isLoading}>
            {items.length > 0 ? children(items) : nextCursor === null && <div class="empty">{empty}</div>}
            {list.moreProblem !== undefined && <NotLoaded problem={list.moreProblem} retry={list.more} />}
            {nextCursor !== null && (
              <p class="after">
                {/* Not `disabled`, because then the button would lose the keyboard focus. */}
                <button type="button" class="plain" onClick={list.more} aria-disabled={isBusy}>
                  {isBusy ? t('loading') : t('more')}
                </button>
              </p>
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}
