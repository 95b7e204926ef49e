import type { AuditAction } from '#shared/audit/actions.ts';
import type { AuditEntry } from '#shared/audit/write-audit.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Rows of a table by their keys (`keyOf`). */
export type Rows = ReadonlyMap<string, Row>;

/** Facts from other tables that decide on rows of the restored one. */
export interface Facts {
  /** What was done since the time of the restore. An action writes its line in the same transaction. */
  trail: readonly AuditEntry[];
  /** Ids of the present users. */
  people: ReadonlySet<string>;
  /** The highest epoch of each user's sessions, live or ended. */
  epochs: ReadonlyMap<string, number>;
}

export interface Restored {
  /** The rows that the restored table must have. */
  rows: Rows;
  /** A report on the rows, for people. */
  told: readonly string[];
}

/**
 * What a restored table must be, made of its own rows, `then`, and the rows of the table in use, `now`. It brings back what was
 * lost, but nothing that lets in a person who was shut out since. Applied to its own result it changes nothing, so that a
 * restore can be repeated wherever it stopped.
 */
export type Rule = (then: Rows, now: Rows, facts: Facts) => Restored;

/** The key of a row. No part of a key contains a blank. */
export const keyOf = (row: Row, attributes: readonly string[]): string =>
  attributes.map((name) => String(row[name])).join(' ');

export const keysOf = (then: Rows, now: Rows): string[] => [...new Set([...now.keys(), ...then.keys()])];

/** A line for each count that is not zero. */
export const counted = (...lines: readonly (readonly [count: number, what: string])[]): string[] =>
  lines.flatMap(([count, what]) => (count > 0 ? [`${what}: ${count}.`] : []));

/** The entries of the trail which say that one of `actions` was done. */
export const done = ({ trail }: Facts, ...actions: readonly AuditAction[]): AuditEntry[] =>
  trail.filter(({ action, outcome }) => outcome === 'done' && actions.includes(action));
