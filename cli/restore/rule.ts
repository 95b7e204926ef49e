import type { AuditAction } from '#shared/audit/actions.ts';
import type { AuditEntry } from '#shared/audit/write-audit.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Rows of a table by their keys (`keyOf`). */
export type Rows = ReadonlyMap<string, Row>;

/** What other tables tell, which decides on rows of the one that is restored. */
export interface Facts {
  /** What was done since the time of the restore. Who does a thing writes its line in the same transaction. */
  trail: readonly AuditEntry[];
  /** Ids of the users who are there. */
  people: ReadonlySet<string>;
  /** By user, the highest epoch that a session has, dead or alive. */
  epochs: ReadonlyMap<string, number>;
}

export interface Restored {
  /** The rows that the restored table is to have. */
  rows: Rows;
  /** What became of them, for people. */
  told: readonly string[];
}

/**
 * What a restored table must be: of its rows `then` and those of the table in use, `now`. It brings back what was lost, and
 * nothing that lets somebody in who was shut out since. Applied to its own result it changes nothing, so that a restore
 * can be repeated wherever it stopped.
 */
export type Rule = (then: Rows, now: Rows, facts: Facts) => Restored;

/** The key of a row; no part of one holds a blank. */
export const keyOf = (row: Row, attributes: readonly string[]): string =>
  attributes.map((name) => String(row[name])).join(' ');

export const keysOf = (then: Rows, now: Rows): string[] => [...new Set([...now.keys(), ...then.keys()])];

/** Lines about what there is at least one of. */
export const counted = (...lines: readonly (readonly [count: number, what: string])[]): string[] =>
  lines.flatMap(([count, what]) => (count > 0 ? [`${what}: ${count}.`] : []));

/** Those entries of the trail that tell that one of `actions` was done. */
export const done = ({ trail }: Facts, ...actions: readonly AuditAction[]): AuditEntry[] =>
  trail.filter(({ action, outcome }) => outcome === 'done' && actions.includes(action));
