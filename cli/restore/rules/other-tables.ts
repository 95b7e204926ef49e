import { appRowPrefix } from '#shared/apps/grant-rows.ts';
import { suppressionPrefix } from '#shared/mail/suppressions.ts';
import { counted, done, keysOf, type Facts, type Restored, type Row, type Rows } from '../rule.ts';

/** Chooses between the two rows; undefined if the earlier row does not come back. */
type Choice = (then: Row | undefined, now: Row | undefined) => Row | undefined;

/** Applies a choice to the rows of both tables, and reports what it chose. */
function chosen(then: Rows, now: Rows, what: string, choose: Choice): Restored {
  const rows = new Map<string, Row>();
  const count = { past: 0, present: 0, away: 0 };
  for (const name of keysOf(then, now)) {
    const [was, is] = [then.get(name), now.get(name)];
    const row = choose(was, is);
    if (row) rows.set(name, row);
    count[row === undefined ? 'away' : row === was ? 'past' : 'present'] += 1;
  }
  const told = counted(
    [count.past, `${what} as they were then`],
    [count.present, `${what} as they are now, changed or made since`],
    [count.away, `${what} of then that do not come back`],
  );
  return { rows, told };
}

const isThere = (row: Row | undefined, { people }: Facts): boolean => people.has(String(row?.['userId']));

/** Passwords as they were then, except those changed since. If a changed password is lost, its user sets a new one by mail. */
export function credentials(then: Rows, now: Rows, facts: Facts): Restored {
  const changed = new Set(
    done(facts, 'password.update', 'password.reset').map(({ actorId, subjectId }) => subjectId ?? actorId),
  );
  return chosen(then, now, 'Passwords', (was, is) => {
    if (!was || (is && changed.has(String(was['userId'])))) return is;
    return isThere(was, facts) && !changed.has(String(was['userId'])) ? was : is;
  });
}

/** API keys as they were then, except those that their owners have changed, replaced or deleted since. */
export function keys(then: Rows, now: Rows, facts: Facts): Restored {
  const changed = new Set(
    done(facts, 'key.put', 'key.update', 'key.delete').map(({ actorId, service }) => `${actorId} ${service}`),
  );
  return chosen(then, now, 'API keys', (was, is) => {
    if (!was || changed.has(`${String(was['userId'])} ${String(was['service'])}`)) return is;
    return isThere(was, facts) ? was : is;
  });
}

/** What people have used of their limits: as it is now, or as it was then if the present row is lost. */
export const quotas = (then: Rows, now: Rows, facts: Facts): Restored =>
  chosen(then, now, 'Quotas', (was, is) => is ?? (isThere(was, facts) ? was : undefined));

/** Secrets of apps, records of who has signed in to which app, and grants. A lost grant stays lost: its refresh tokens may be spent. */
export const grants = (then: Rows, now: Rows, facts: Facts): Restored =>
  chosen(then, now, 'Grants and secrets of apps', (was, is) => {
    if (is || !was) return is;
    if (String(was['userId']).startsWith(appRowPrefix)) return was;
    return String(was['id']).startsWith(appRowPrefix) && isThere(was, facts) ? was : undefined;
  });

/** Suppressed mailboxes, and mails to send. A lost mail does not come back, because it may have been sent. */
export const mails = (then: Rows, now: Rows): Restored =>
  chosen(
    then,
    now,
    'Mails and suppressions',
    (was, is) => is ?? (String(was?.['id']).startsWith(suppressionPrefix) ? was : undefined),
  );

/** The lines of both tables, because no line of the trail ever changes. */
export const audit = (then: Rows, now: Rows): Restored =>
  chosen(then, now, 'Lines of the trail', (was, is) => was ?? is);
