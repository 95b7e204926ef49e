import { targetOf } from '../deployment/origin.ts';
import { pagePolicy } from '../http/page-policy.ts';
import type { Event, Exchange, Runtime, Step } from './step.ts';

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer, errors included. `same-origin` and not `no-referrer`: under the latter, plain forms
 * send `Origin: null`.
 */
export function securityHeaders({ config }: Pick<Runtime, 'config'>): Step {
  const { appUrl } = config.settings;
  // `/` leads to the app.
  const usual = appUrl ? [targetOf(appUrl)] : [];
  const add: Step['after'] = ({ response, event, context }) => {
    const isPage = String(response!.headers?.['content-type']).startsWith('text/html');
    response!.headers = {
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'content-security-policy': isPage
        ? pagePolicy([...usual, ...targetsOfNext(event, context.exchange, config)])
        : dataPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      ...response!.headers,
    };
  };
  return { after: add, onError: add };
}

/** Where signing in leads in the end, if it is on the way to an app: to that app alone, and to none that is not known. */
function targetsOfNext(
  { queryStringParameters }: Event,
  { fields }: Exchange,
  { settings, origin }: Runtime['config'],
): string[] {
  const next = fields?.['next'] ?? queryStringParameters?.['next'];
  if (!next?.startsWith('/oauth/authorize?')) return [];
  const { searchParams } = new URL(next, origin);
  const address = searchParams.get('redirect_uri') ?? '';
  const target = URL.canParse(address) ? targetOf(address) : '';
  return settings.appTargets.includes(target) ? [target] : [];
}
