import type { AuditAction, AuditOutcome } from './actions.ts';

/** What is wanted of the audit trail; what is absent is not asked. */
export interface AuditFilter {
  /** A day in UTC, such as `2026-11-20`. */
  day?: string | undefined;
  /** Who did it. */
  userId?: string | undefined;
  /** What it was done to. */
  subjectId?: string | undefined;
  action?: AuditAction | undefined;
  outcome?: AuditOutcome | undefined;
}

/** The index that holds what is wanted, with name and value of its partition; undefined: the days themselves. */
export function auditSource({ userId, subjectId }: AuditFilter) {
  if (userId !== undefined)
    return { index: 'byActor', partition: ['actorId', userId] as [string, string] } as const;
  if (subjectId !== undefined)
    return { index: 'bySubject', partition: ['subjectId', subjectId] as [string, string] } as const;
  return undefined;
}

/** What is left out of the rows that the key alone finds; undefined: nothing. */
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
