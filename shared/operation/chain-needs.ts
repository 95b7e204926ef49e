import type { Capability } from '../deployment/capability.ts';
import type { Job } from './job.ts';
import * as chain from './chain-capabilities.ts';
import type { Operation } from './operation.ts';
import type { Stream } from './stream.ts';

/** Capabilities that the request chain itself needs, by the step that uses them. */
export type Needs = Partial<typeof chain>;

/** The capabilities that the chain needs for a declaration: for `auth` to identify the caller, for `rate` to count calls. */
export function needsOf({ kind, auth, rate }: Operation): Needs {
  const { sessions, use, takenOver, accessTokens, proofs, rates } = chain;
  return {
    ...(auth !== 'public' && { sessions, use, takenOver, accessTokens }),
    ...(auth !== 'public' && kind === 'operation' && { proofs }),
    ...(rate.length > 0 && { rates }),
  };
}

/** Everything that a function may do: what its declaration uses and what the chain needs for it. */
export function capabilitiesOf(declaration: Operation | Job | Stream): readonly Capability[] {
  return declaration.kind === 'job' || declaration.kind === 'stream'
    ? declaration.uses
    : [...declaration.uses, ...Object.values(needsOf(declaration))];
}
