import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import { watchPlace } from '../../../browser/watch-place.ts';
import { ActButton } from '../../kit/act.tsx';
import { saveTable } from '../../kit/download.ts';
import type { Listing } from '../../kit/list.tsx';
import { withCount, type Outcome } from '../../kit/outcome.tsx';
import type { Selection } from '../../kit/selection.ts';
import { afterwards, changeMany, countChanged, type Action, type Changed } from './change-many.ts';
import type { InviteTexts, Listed } from './invite.ts';

/** The most invites that can be selected at once. */
const maxSelected = 1_000;

interface Page {
  items: Listed[];
  nextCursor: string | null;
}

interface Bulk {
  t: InviteTexts;
  selection: Selection<Listed>;
  list: Listing<Listed>;
  /** Reads the next page from a cursor. */
  rest(cursor: string): Promise<Page>;
  outcome: Outcome;
  sendsMail: boolean;
  put(id: string, now: (invite: Listed) => Listed | undefined): void;
}

/** Actions on many invites at once. Each says before what it ends, and afterwards how many it changed. */
export function BulkActs(bulk: Bulk) {
  const { t, selection, list } = bulk;
  const shown = list.value?.items ?? [];
  const count = selection.items.length;
  const selectShown = useRef<HTMLButtonElement>(null);
  // Moves the focus here from buttons that disappear when they are used.
  const takePlace = () => selectShown.current?.focus({ preventScroll: true });
  const isIdle = count === shown.length || list.isLoading;
  if (shown.length === 0) return null;
  return (
    <div class="bar" role="group" aria-label={t('actions')}>
      <button
        ref={selectShown}
        type="button"
        class="plain"
        // Not `disabled`, because then the button would lose the keyboard focus.
        aria-disabled={isIdle}
        onClick={() => isIdle || selection.only(shown)}
      >
        {t('selectShown')}
      </button>
      {count > 0 && count === shown.length && list.value?.nextCursor && (
        <SelectMatching {...bulk} takePlace={takePlace} />
      )}
      {count > 0 && (
        <>
          <span role="status">{t('selected', { count })}</span>
          <Many {...bulk} action="reissue" />
          <Many {...bulk} action="revoke" />
          <Many {...bulk} action="delete" />
          <button type="button" class="plain" onClick={() => exportRows(selection.items)}>
            {t('exportCsv')}
          </button>
          <button type="button" class="plain" onClick={() => (takePlace(), selection.only([]))}>
            {t('deselect')}
          </button>
        </>
      )}
    </div>
  );
}

/** Shows and selects the matching invites beyond those on the page. */
function SelectMatching({ t, selection, list, rest, outcome, takePlace }: Bulk & { takePlace: () => void }) {
  // This component unmounts with the selection. Once another filter is chosen, pages that it still reads are unwanted.
  const isThere = useRef(true);
  useEffect(() => () => void (isThere.current = false), []);
  return (
    <ActButton
      label={t('selectMatching', { max: maxSelected })}
      outcome={outcome}
      run={async () => {
        const { items } = list.value!;
        let { nextCursor } = list.value!;
        const hasGoneOn = watchPlace();
        const added: Listed[] = [];
        while (nextCursor !== null && items.length + added.length < maxSelected) {
          const page = await rest(nextCursor);
          if (!isThere.current) return undefined;
          added.push(...page.items);
          ({ nextCursor } = page);
        }
        // Added to the list as it is by then: rows may have been changed or deleted meanwhile.
        list.put((shown) => {
          const there = new Set(shown.items.map(({ id }) => id));
          return { items: [...shown.items, ...added.filter(({ id }) => !there.has(id))], nextCursor };
        });
        selection.only([...items, ...added].slice(0, maxSelected));
        if (!hasGoneOn()) takePlace();
        return undefined;
      }}
    />
  );
}

function Many({ t, selection, outcome, sendsMail, put, action }: Bulk & { action: Action }) {
  const [done, setDone] = useState<{ done: number; total: number }>();
  const { items } = selection;
  const count = items.length;
  const reissue = sendsMail ? 'reissueManyAsks' : 'reissueManyShows';
  const asks = ({ revoke: 'revokeManyAsks', reissue, delete: 'deleteManyAsks' } as const)[action];
  const name = ({ revoke: 'revokeMany', reissue: 'reissueMany', delete: 'deleteMany' } as const)[action];
  const run = async () => {
    const changed: Changed[] = [];
    setDone({ done: 0, total: count });
    try {
      await changeMany(
        action,
        items.map(({ id }) => id),
        (some) => {
          changed.push(...some);
          setDone({ done: changed.length, total: count });
          // If the answer of an earlier try was lost, the rows still show the invites as they were before it.
          for (const { id, result } of some)
            if (result === 'done' || result === 'already_done')
              put(id, (invite) => afterwards(invite, action, sendsMail));
            else if (result === 'not_found') put(id, () => undefined);
        },
      );
    } catch (problem) {
      throw changed.length > 0
        ? withCount(problem as Partial<Problem>, countChanged(action, changed, t))
        : problem;
    } finally {
      setDone(undefined);
      // Rows that failed stay selected, and so do rows selected meanwhile.
      selection.without(changed.map(({ id }) => id));
    }
    return countChanged(action, changed, t);
  };
  return (
    <>
      <ActButton
        label={t(action)}
        name={t(name, { count })}
        asks={<p>{t(asks, { count })}</p>}
        isDangerous={action === 'delete'}
        isGrave={action === 'revoke'}
        outcome={outcome}
        run={run}
      />
      {done !== undefined && (
        <progress value={done.done} max={done.total} aria-label={t(name, { count: done.total })}>
          {t('progress', done)}
        </progress>
      )}
    </>
  );
}

const columns = [
  'id',
  'email',
  'kind',
  'status',
  'delivery',
  'label',
  'note',
  'role',
  'uses',
  'maxUses',
  'inviter',
  'createdAt',
  'expiresAt',
  'usedAt',
  'username',
] as const satisfies readonly (keyof Listed)[];

const exportRows = (items: readonly Listed[]): void => {
  // The new expiry of a reissued invite is not known here.
  const shown = items.map((invite) => (invite.isRenewed ? { ...invite, expiresAt: '' } : invite));
  const rows = shown.map((invite) => columns.map((name) => String(invite[name] ?? '')));
  saveTable([columns, ...rows], 'invites.csv');
};
