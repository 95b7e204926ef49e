import { relayPath } from '../deployment/addresses.ts';
import { fail } from '../errors/failure.ts';
import { seeOther } from '../http/answer.ts';
import { safeMethods } from '../http/request.ts';
import { dataHeaders } from './security-headers.ts';
import type { Event, Exchange, Result, Runtime, Step } from './step.ts';

type Admitting = Pick<Runtime, 'config'> & { operation: { kind: string } };

/**
 * Admits only requests that come the right way. A browser that follows an old link, to a former host or to the API's own address,
 * is redirected to the same path at the origin, and nowhere else. If a proxy is required, requests that bypass it are refused: they
 * would escape the firewall and every limit by address.
 */
export function admit({ config, operation }: Admitting): Step {
  const { origin, settings } = config;
  const { hosts, own } = settings.formerAddresses;
  const { hostname } = new URL(origin);

  const isFormer = ({ requestContext: { domainName, domainPrefix, apiId } }: Event): boolean =>
    domainName !== hostname && (hosts.includes(domainName) || (own && domainPrefix === apiId));

  return {
    before: ({ event, context: { exchange } }) => {
      const { proxyCheck } = exchange;
      const isProxy = proxyCheck === 'verified' || proxyCheck === 'unverified';
      // A request that a proxy sends without its secret would be redirected in a circle.
      if (!isProxy && opensPage(exchange, operation) && isFormer(event)) {
        exchange.log.info('moved', { route: event.routeKey });
        return leadTo(origin, event, exchange);
      }
      if ((proxyCheck === 'bypassed' || proxyCheck === 'unverified') && settings.proxy?.required)
        fail('misdirected', {
          values: { address: operation.kind === 'stream' ? origin + relayPath : origin },
        });
      return undefined;
    },
  };
}

const opensPage = ({ request }: Exchange, { kind }: Admitting['operation']): boolean =>
  kind !== 'stream' &&
  safeMethods.has(request.method) &&
  (kind === 'page' || Boolean(request.headers['accept']?.includes('text/html')));

/** Redirects to the same path and query. API Gateway decodes the path, but passes the query as it was sent. */
function leadTo(origin: string, { rawPath, rawQueryString }: Event, { request }: Exchange): Result {
  const path = encodeURI(rawPath.toWellFormed()).replaceAll(/[?#]/g, encodeURIComponent);
  const { status, headers } = seeOther(`${origin}${path}${rawQueryString && `?${rawQueryString}`}`);
  // The headers of every answer. With `no-store`, as this address may become the origin again.
  return { statusCode: status, headers: { ...dataHeaders, ...headers, 'x-request-id': request.id } };
}
