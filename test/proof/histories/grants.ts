import type { Specification } from '../linearizable.ts';

export type GrantInput = 'exchange' | 'revoke' | { refresh: number };
/** The generation of the refresh token that the answer carries. */
export type GrantOutput = number | 'done' | 'invalid_grant';

interface State {
  /** The generation of the present refresh token; 0 while the code is unused. */
  generation: number;
  isOver: boolean;
}

/** A grant: its code works once. The present refresh token and the one before it both yield the next. */
export const grantSpecification: Specification<State, GrantInput, GrantOutput> = {
  initial: { generation: 0, isOver: false },
  step(state, input, output) {
    const { generation, isOver } = state;
    const ended = { generation, isOver: true };
    if (input === 'revoke') return [ended];
    if (input === 'exchange') {
      const isUsed = generation > 0;
      // A used code that is presented again ends the grant, unless it came at the same moment.
      if (output === 'invalid_grant') return isUsed ? [state, ended] : [];
      if (output === undefined) return isUsed ? [state, ended] : [{ generation: 1, isOver }];
      return !isUsed && output === 1 ? [{ generation: 1, isOver }] : [];
    }
    const isPresent = input.refresh === generation;
    const isKnown = isPresent || input.refresh === generation - 1;
    if (output === 'invalid_grant') return isOver || !isKnown ? [ended] : [];
    if (output === undefined && (isOver || !isKnown)) return [ended];
    if (isOver || !isKnown) return [];
    const next = isPresent ? generation + 1 : generation;
    return output === undefined || output === next ? [{ generation: next, isOver }] : [];
  },
};
