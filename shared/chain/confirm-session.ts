import { fail } from '../errors/failure.ts';
import { isConfirmed } from '../sessions/session.ts';
import type { Runtime, Step } from './step.ts';

/**
 * Asks a browser to sign in once more before what the declaration `confirms`, unless it has just done so: whoever sits down
 * at another person's browser must not go on to that (ASVS 5.0, 7.5.3), nor whoever has copied its cookie and sends it in
 * another header.
 */
export function confirmSession({ operation: { confirms }, clock }: Runtime): Step {
  return {
    before: ({ context }) => {
      const { caller, input } = context.exchange;
      if (!caller || confirms === undefined || (confirms !== true && !confirms(input.body))) return;
      if (!isConfirmed(caller, clock.now())) fail('reauthentication_required');
    },
  };
}
