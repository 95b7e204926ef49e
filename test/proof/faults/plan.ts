import { canConflict } from '#local/gateway/faults.ts';
import { kindNames, kinds, quickKinds, type Hit, type KindName } from './kinds.ts';
import type { Reference } from './play.ts';

/** Every call of a request, hit in every way. */
export const singles = ({ calls }: Reference, names: readonly KindName[] = kindNames): Hit[] =>
  calls.flatMap((call, at) =>
    names.filter((kind) => kind !== 'conflict' || canConflict(call)).map((kind) => ({ nth: at + 1, kind })),
  );

/**
 * Every two hits. If the first lets the request go on, the second strikes a later call of it, else any call of the client's
 * repeat.
 */
export function pairs(reference: Reference): [Hit, Hit][] {
  const all = singles(reference, quickKinds);
  return all.flatMap((first) =>
    all
      .filter(({ nth }) => !kinds[first.kind].passes || nth > first.nth)
      .map((second): [Hit, Hit] => [first, second]),
  );
}
