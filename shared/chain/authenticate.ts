import { hour } from '../clock.ts';
import { isVerified } from '../domain/user.ts';
import { fail } from '../errors/failure.ts';
import { sessionCookie, sessionToken, speaksByCookie } from '../http/session-cookie.ts';
import { negotiate } from '../texts/locale.ts';
import type { Runtime, Step } from './step.ts';

/** How often, at most, use moves a session's idle expiry: a year of life does not need a write per request. */
const touchInterval = hour;

/** Finds who calls, whether the declaration's `auth` lets them, and keeps the session that they use alive. */
export function authenticate({ operation, clock, ports }: Runtime): Step {
  const { auth } = operation;
  return {
    before: async ({ context }) => {
      if (auth === 'public') return;
      const { exchange } = context;
      const { request, cookies, log } = exchange;
      const token = sessionToken(request);
      const now = clock.now();
      const caller = token === undefined ? undefined : await ports.sessions!.find(token, now);
      if (token === undefined || !caller) return fail('unauthenticated');

      exchange.caller = caller;
      request.locale = negotiate(request.headers['accept-language'], caller.user.locale);
      if (auth === 'verified' && !isVerified(caller.user)) fail('not_verified');
      if (auth === 'admin' && caller.user.role !== 'admin') {
        log.warn('permission.denied', { userId: caller.user.id });
        fail('forbidden');
      }
      if (now - caller.session.lastSeenAt < touchInterval) return;
      const session = await ports.sessions!.touch(caller.session, now);
      exchange.caller = { ...caller, session };
      if (speaksByCookie(request)) cookies.push(sessionCookie(token, session, now));
    },
  };
}
