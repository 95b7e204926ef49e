import { fail } from '../errors/failure.ts';
import { safeMethods } from '../http/request.ts';
import { speaksByCookie } from '../sessions/session-cookie.ts';
import type { Runtime, Step } from './step.ts';

/**
 * If a cookie authenticates the caller, or the answer would set one, a request that changes something must come from a page of
 * ours: its `Origin` must equal the configured one (ASVS 5.0, 3.5.1). A public operation that sets no cookie ignores cookies.
 */
export function sameOrigin({ operation, config }: Runtime): Step {
  const knowsCookies = operation.auth !== 'public' || operation.setsCookie !== undefined;
  return {
    before: ({ context }) => {
      const { request, fields, input } = context.exchange;
      // Pages of apps may send requests to endpoints. An endpoint itself checks the requests that only our own pages may send.
      if (safeMethods.has(request.method) || operation.kind === 'endpoint') return;
      const speaks = knowsCookies && speaksByCookie(request);
      const guarded = fields !== undefined || speaks || operation.setsCookie?.(input.body);
      if (guarded && request.headers['origin'] !== config.origin) fail('cross_site');
    },
  };
}
