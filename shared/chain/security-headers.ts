import type { Runtime, Step } from './step.ts';

/** For pages: everything from this origin, nothing inline, no framing (ASVS 5.0, 3.4). */
const pagePolicy = (formTargets: string) =>
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  `form-action 'self'${formTargets}; base-uri 'none'; frame-ancestors 'none'`;

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer, errors included. `same-origin` and not `no-referrer`: under the latter, plain forms
 * send `Origin: null`.
 */
export function securityHeaders({ config }: Pick<Runtime, 'config'>): Step {
  const { appUrl, appTargets } = config.settings;
  // Browsers hold redirects after a form to `form-action` too, and signing in leads to the app.
  const targets = [...(appUrl ? [new URL(appUrl).origin] : []), ...appTargets];
  const policy = pagePolicy([...new Set(targets)].map((target) => ` ${target}`).join(''));
  const add: Step['after'] = ({ response }) => {
    const isPage = String(response!.headers?.['content-type']).startsWith('text/html');
    response!.headers = {
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'content-security-policy': isPage ? policy : dataPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      ...response!.headers,
    };
  };
  return { after: add, onError: add };
}
