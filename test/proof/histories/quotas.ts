import type { Specification } from '../linearizable.ts';

/** A question takes a place before the provider is asked, and gives it back if the call fails. */
export type QuotaInput = { question: number } | { giveBack: number } | 'read';
export type QuotaOutput = 'counted' | 'refused' | 'failed' | number;

interface State {
  used: number;
  /** Questions that failed, or whose outcome is unknown. */
  doubtful: readonly number[];
}

/** A daily limit of questions. */
export const quotaOf = (limit: number): Specification<State, QuotaInput, QuotaOutput> => ({
  initial: { used: 0, doubtful: [] },
  step(state, input, output) {
    const { used, doubtful } = state;
    if (input === 'read') return output === undefined || output === used ? [state] : [];
    if ('giveBack' in input) {
      const others = doubtful.filter((one) => one !== input.giveBack);
      return others.length < doubtful.length ? [{ used: used - 1, doubtful: others }] : [];
    }
    if (output === 'refused') return used === limit ? [state] : [];
    if (used === limit) return [];
    const isCertain = output === 'counted';
    return [{ used: used + 1, doubtful: isCertain ? doubtful : [...doubtful, input.question].toSorted() }];
  },
});
