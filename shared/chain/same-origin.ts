import { fail } from '../errors/failure.ts';
import { safeMethods } from '../http/request.ts';
import { speaksByCookie } from '../sessions/session-cookie.ts';
import type { Runtime, Step } from './step.ts';

/**
 * Wherever a cookie speaks for the caller, or would be set, a request that changes something must come from a
 * page of ours: its `Origin` equals the configured one (ASVS 5.0, 3.5.1). No cookie speaks to a public operation that sets none.
 */
export function sameOrigin({ operation, config }: Runtime): Step {
  const knowsCookies = operation.auth !== 'public' || operation.setsCookie !== undefined;
  return {
    before: ({ context }) => {
      const { request, fields, input } = context.exchange;
      // Pages of apps lead to endpoints; what of a request may come from there alone, the endpoint itself knows.
      if (safeMethods.has(request.method) || operation.kind === 'endpoint') return;
      const speaks = knowsCookies && speaksByCookie(request);
      const guarded = fields !== undefined || speaks || operation.setsCookie?.(input.body);
      if (guarded && request.headers['origin'] !== config.origin) fail('cross_site');
    },
  };
}
