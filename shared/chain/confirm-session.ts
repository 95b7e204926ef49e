import { fail } from '../errors/failure.ts';
import { isConfirmed } from '../sessions/session.ts';
import type { Runtime, Step } from './step.ts';

/**
 * Requires a recent sign-in of a browser for what the declaration `confirms` (ASVS 5.0, 7.5.3). This stops a person who uses
 * another person's open browser, and an attacker who has copied its cookie and sends it in another header.
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
