import { sessionCookie, speaksByCookie } from '../sessions/session-cookie.ts';
import type { Runtime, Step } from './step.ts';

/**
 * Renews the session of a request that passed all earlier steps, and sends its next token. A request without the proof
 * that its session requires, such as one for a page, gets no token.
 */
export function keepSession({ operation, clock, ports }: Runtime): Step {
  return {
    before: async ({ context }) => {
      const { caller, request, cookies } = context.exchange;
      if (caller?.matchedToken === undefined) return;
      const now = clock.now();
      const { matchedToken, session } = caller;
      const proven = session.keyThumbprint === undefined || operation.kind === 'operation';
      const use = {
        matchedToken,
        rotates: proven && speaksByCookie(request),
        always: operation.recordsUse ?? false,
      };
      const kept = await ports.sessions!.keep(session, use, now);
      caller.session = kept.session;
      if (kept.token !== undefined) cookies.push(sessionCookie(kept.token, kept.session, now));
    },
  };
}
