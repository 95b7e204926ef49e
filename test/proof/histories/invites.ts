import type { Specification } from '../linearizable.ts';

export type InviteInput = { redeem: number } | 'verify' | 'revoke';
/** A status, an error's code, or the state of the invite. */
export type InviteOutput = string;

interface State {
  inside: readonly number[];
  isRevoked: boolean;
}

/** An invite with this many uses, which people redeem, check and withdraw. */
export const inviteOf = (uses: number): Specification<State, InviteInput, InviteOutput> => ({
  initial: { inside: [], isRevoked: false },
  step(state, input, output) {
    const { inside, isRevoked } = state;
    const isUsed = inside.length === uses;
    const if_ = (holds: boolean, next = state): State[] => (holds ? [next] : []);
    if (input === 'verify') {
      const says = isRevoked ? 'revoked' : isUsed ? 'used' : `${uses - inside.length} left`;
      return if_(output === undefined || output === says);
    }
    if (input === 'revoke') {
      if (output === 'invite_used') return if_(isUsed);
      return if_(!isUsed, { inside, isRevoked: true });
    }
    const isIn = inside.includes(input.redeem);
    if (output === 'invite_used') return if_(!isIn && isUsed);
    if (output === 'invite_revoked') return if_(!isIn && isRevoked);
    if (isIn) return [state];
    return if_(!isUsed && !isRevoked, { inside: [...inside, input.redeem].toSorted(), isRevoked });
  },
});
