import type { Specification } from '../linearizable.ts';

interface State {
  wrong: number;
  isUsed: boolean;
}

/** Tries of a flow; a wrong code and one that comes too late are answered alike. */
export type CodeOutput = '200' | 'code_invalid';

const tries = 5;

/** A mailed code in one flow, which is good once, and for five wrong tries. */
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
    // The try of a request that was broken off stays taken.
    return isOver ? [counted] : [used, counted];
  },
};
