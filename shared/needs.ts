import type { Capability } from './capability.ts';
import { countRates } from './data/rates.ts';
import { findSessions } from './data/session-reads.ts';
import type { Job } from './job.ts';
import type { Operation } from './operation.ts';

/** Capabilities that the request chain itself needs, by the step that uses them. */
export interface Needs {
  sessions?: typeof findSessions;
  rates?: typeof countRates;
}

/** What the chain needs to keep the promises of a declaration: `auth` reads sessions, `rate` counts calls. */
export function needsOf({ auth, rate }: Operation): Needs {
  return {
    ...(auth !== 'public' && { sessions: findSessions }),
    ...(rate.length > 0 && { rates: countRates }),
  };
}

/** Everything that a function may do: what its declaration uses and what the chain needs for it. */
export function capabilitiesOf(declaration: Operation | Job): readonly Capability[] {
  return declaration.kind === 'job'
    ? declaration.uses
    : [...declaration.uses, ...Object.values(needsOf(declaration))];
}
