import type { AuditAction, AuditOutcome } from './actions.ts';

/** What happened on one day. */
export interface DayCounts {
  invites: number;
  registrations: number;
  signIns: number;
  signInsRefused: number;
  relayCalls: number;
}

export const noCounts: DayCounts = {
  invites: 0,
  registrations: 0,
  signIns: 0,
  signInsRefused: 0,
  relayCalls: 0,
};

/** Actions of the audit trail that are counted. */
export const countedActions = [
  'invite.create',
  'registration',
  'session.create',
  'relay.call',
] as const satisfies readonly AuditAction[];

interface Happening {
  action: AuditAction;
  outcome: AuditOutcome;
}

/** Which number an entry of the audit trail raises, if any. */
function countOf({ action, outcome }: Happening): keyof DayCounts | undefined {
  switch (action) {
    case 'invite.create':
      return outcome === 'done' ? 'invites' : undefined;
    case 'registration':
      return outcome === 'done' ? 'registrations' : undefined;
    case 'session.create':
      return outcome === 'done' ? 'signIns' : 'signInsRefused';
    case 'relay.call':
      return 'relayCalls';
    default:
      return undefined;
  }
}

/** `counts` with those of more entries. */
export function addCounts(counts: DayCounts, entries: readonly Happening[]): DayCounts {
  const sum = { ...counts };
  for (const entry of entries) {
    const name = countOf(entry);
    if (name) sum[name] += 1;
  }
  return sum;
}
