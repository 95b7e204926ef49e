import type { Capability } from '../deployment/capability.ts';
import { checkProofs } from '../sessions/proofs.ts';
import { countRates } from '../guards/rates.ts';
import { findSessions } from '../sessions/find-sessions.ts';
import { keepSessions } from '../sessions/keep-sessions.ts';
import type { Job } from './job.ts';
import { checkAccessTokens } from '../sessions/access-tokens.ts';
import type { Operation } from './operation.ts';
import type { Stream } from './stream.ts';

/** Capabilities that the request chain itself needs, by the step that uses them. */
export interface Needs {
  sessions?: typeof findSessions;
  use?: typeof keepSessions;
  accessTokens?: typeof checkAccessTokens;
  proofs?: typeof checkProofs;
  rates?: typeof countRates;
}

/** What the chain needs to keep the promises of a declaration: `auth` finds who calls, `rate` counts calls. */
export function needsOf({ kind, auth, rate }: Operation): Needs {
  return {
    ...(auth !== 'public' && { sessions: findSessions, use: keepSessions, accessTokens: checkAccessTokens }),
    ...(auth !== 'public' && kind === 'operation' && { proofs: checkProofs }),
    ...(rate.length > 0 && { rates: countRates }),
  };
}

/** Everything that a function may do: what its declaration uses and what the chain needs for it. */
export function capabilitiesOf(declaration: Operation | Job | Stream): readonly Capability[] {
  return declaration.kind === 'job' || declaration.kind === 'stream'
    ? declaration.uses
    : [...declaration.uses, ...Object.values(needsOf(declaration))];
}
