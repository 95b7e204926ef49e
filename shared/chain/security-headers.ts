import { formTargets } from '../http/form-targets.ts';
import { pagePolicy } from '../http/page-policy.ts';
import type { Runtime, Step } from './step.ts';

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Headers of an answer that is not a page. */
export const dataHeaders = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': dataPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Adds the security headers to every answer, errors included. The referrer policy is `same-origin` and not `no-referrer`:
 * under the latter, plain forms send `Origin: null`.
 */
export function securityHeaders({ config }: Pick<Runtime, 'config'>): Step {
  const add: Step['after'] = ({ response, event, context }) => {
    const { fields, reach } = context.exchange;
    const next = fields?.['next'] ?? event.queryStringParameters?.['next'];
    const isPage = String(response!.headers?.['content-type']).startsWith('text/html');
    const forms = () => reach?.forms ?? formTargets(next, config.settings);
    response!.headers = {
      ...dataHeaders,
      ...(isPage && { 'content-security-policy': pagePolicy(forms(), reach?.images ?? []) }),
      ...response!.headers,
    };
  };
  return { after: add, onError: add };
}
