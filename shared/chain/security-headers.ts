import { formTargets } from '../http/form-targets.ts';
import { pagePolicy } from '../http/page-policy.ts';
import type { Runtime, Step } from './step.ts';

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer, errors included. `same-origin` and not `no-referrer`: under the latter, plain forms
 * send `Origin: null`.
 */
export function securityHeaders({ config }: Pick<Runtime, 'config'>): Step {
  const add: Step['after'] = ({ response, event, context }) => {
    const next = context.exchange.fields?.['next'] ?? event.queryStringParameters?.['next'];
    const isPage = String(response!.headers?.['content-type']).startsWith('text/html');
    response!.headers = {
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'content-security-policy': isPage ? pagePolicy(formTargets(next, config.settings)) : dataPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      ...response!.headers,
    };
  };
  return { after: add, onError: add };
}
