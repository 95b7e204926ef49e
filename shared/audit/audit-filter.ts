import type { AuditAction, AuditOutcome } from './actions.ts';

/** Which entries of the audit trail a reader asks for; absent fields filter nothing. */
export interface AuditFilter {
  /** A day in UTC, such as `2026-11-20`. */
  day?: string | undefined;
  /** The actor's id. */
  userId?: string | undefined;
  /** Id of the user, session or invite that the action affected. */
  subjectId?: string | undefined;
  action?: AuditAction | undefined;
  outcome?: AuditOutcome | undefined;
}

/** The condition that the `#action` of a row is one of `actions`, and its values. */
export function oneOfActions(actions: readonly AuditAction[]) {
  const values = Object.fromEntries(actions.map((action, at) => [`:action${at}`, action]));
  return { expression: `#action IN (${Object.keys(values).join(', ')})`, values };
}

/** The index to read, with name and value of its partition; undefined: the table itself, by day. */
export function auditSource({ userId, subjectId }: AuditFilter) {
  if (userId !== undefined)
    return { index: 'byActor', partition: ['actorId', userId] as [string, string] } as const;
  if (subjectId !== undefined)
    return { index: 'bySubject', partition: ['subjectId', subjectId] as [string, string] } as const;
  return undefined;
}

/** The filter on the rows that the key finds; undefined if all of them are wanted. */
export function auditFilter({ userId, subjectId, action, outcome }: AuditFilter) {
  const wanted = Object.entries({
    action,
    outcome,
    ...(userId !== undefined && { subjectId }),
  }).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return undefined;
  return {
    FilterExpression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
    names: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
  };
}
