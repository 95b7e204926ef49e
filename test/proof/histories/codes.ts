import type { Specification } from '../linearizable.ts';

interface State {
  wrong: number;
  isUsed: boolean;
}

/** Outcomes of a try. A wrong code and a code that comes too late get the same answer. */
export type CodeOutput = '200' | 'code_invalid';

const tries = 5;

/** A mailed code of one flow: it works once, and allows five wrong tries. */
export const mailedCodeSpecification: Specification<State, 'right' | 'wrong', CodeOutput> = {
  initial: { wrong: 0, isUsed: false },
  step(state, input, output) {
    const { wrong, isUsed } = state;
    const isOver = isUsed || wrong >= tries;
    const counted = { wrong: Math.min(tries, wrong + 1), isUsed };
    const used = { wrong, isUsed: true };
    if (input === 'wrong') return output === '200' ? [] : [counted];
    if (output === 'code_invalid') return isOver ? [state] : [];
    if (output === '200') return isOver ? [] : [used];
    // A request that was broken off keeps its try.
    return isOver ? [counted] : [used, counted];
  },
};
