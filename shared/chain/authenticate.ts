import { isVerified, mayAdminister } from '../users/user.ts';
import { cookie, dropCookie } from '../http/cookies.ts';
import { takenOverText } from '../errors/accounts.ts';
import { fail } from '../errors/failure.ts';
import { identify } from './identify.ts';
import type { Runtime, Step } from './step.ts';

/** Identifies the caller and checks the declaration's `auth`. */
export function authenticate(runtime: Runtime): Step {
  const { operation } = runtime;
  const { auth, kind } = operation;
  return {
    before: async ({ context }) => {
      if (auth === 'public') return;
      const { exchange } = context;
      const { request, log, cookies, input } = exchange;
      const isOptional = auth === 'optional' && !operation.wantsCaller?.(input.body);
      const caller = await identify(runtime, exchange);
      if (caller === 'taken_over') {
        log.warn('session.taken-over', { address: request.address });
        // A page redirects to the sign-in page, which sees by the cookie that there was a session.
        if (kind !== 'page') cookies.push(dropCookie(cookie.session));
        return isOptional ? undefined : fail('unauthenticated', { explain: takenOverText });
      }
      if (typeof caller === 'string') return isOptional ? undefined : fail(caller);

      exchange.caller = caller;
      request.locale = request.chosenLocale ?? request.askedLocale ?? caller.user.locale;
      if (auth === 'verified' && !isVerified(caller.user)) fail('not_verified');
      if (auth === 'admin' && caller.user.role !== 'admin') {
        log.warn('permission.denied', { userId: caller.user.id });
        fail('forbidden');
      }
      if (auth === 'admin' && !mayAdminister(caller.user)) fail('not_verified');
    },
  };
}
