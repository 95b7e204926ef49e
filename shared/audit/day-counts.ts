import { recordOf } from '../record-of.ts';
import type { AuditAction, AuditOutcome } from './actions.ts';

/** Names of the numbers that are counted for each day. */
export const dayCountNames = ['invites', 'registrations', 'signIns', 'signInsRefused', 'relayCalls'] as const;
type DayCount = (typeof dayCountNames)[number];

export type DayCounts = Record<DayCount, number>;

export const noCounts = (): DayCounts => recordOf(dayCountNames, () => 0);

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
function countOf({ action, outcome }: Happening): DayCount | undefined {
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

export function addCount(counts: DayCounts, entry: Happening): void {
  const name = countOf(entry);
  if (name) counts[name] += 1;
}
