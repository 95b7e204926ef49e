import { relayPath } from '../deployment/addresses.ts';
import { fail } from '../errors/failure.ts';
import { seeOther } from '../http/answer.ts';
import { safeMethods } from '../http/request.ts';
import { dataHeaders } from './security-headers.ts';
import type { Event, Exchange, Result, Runtime, Step } from './step.ts';

type Admitting = Pick<Runtime, 'config'> & { operation: { kind: string } };

/**
 * Sees to it that requests come the right way. A browser that follows an old link, to a former host or to the API's own address,
 * is led to the same path at the origin, and nowhere else. Where there is a proxy, what does not come by it is refused: it would
 * escape the firewall, and every limit by address.
 */
export function admit({ config, operation }: Admitting): Step {
  const { origin, settings } = config;
  const { hosts, own } = settings.formerAddresses;
  const { hostname } = new URL(origin);

  const isFormer = ({ requestContext: { domainName, domainPrefix, apiId } }: Event): boolean =>
    domainName !== hostname && (hosts.includes(domainName) || (own && domainPrefix === apiId));

  return {
    before: ({ event, context: { exchange } }) => {
      const { way } = exchange;
      const isProxy = way === 'proven' || way === 'unproven';
      // A proxy that forgot its proof would be led in a circle.
      if (!isProxy && opensPage(exchange, operation) && isFormer(event)) {
        exchange.log.info('moved', { route: event.routeKey });
        return leadTo(origin, event, exchange);
      }
      if ((way === 'astray' || way === 'unproven') && settings.proxy?.required)
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

/** The path came decoded; the query as it was sent. */
function leadTo(origin: string, { rawPath, rawQueryString }: Event, { request }: Exchange): Result {
  const path = encodeURI(rawPath.toWellFormed()).replaceAll(/[?#]/g, encodeURIComponent);
  const { status, headers } = seeOther(`${origin}${path}${rawQueryString && `?${rawQueryString}`}`);
  // As of any answer. Not kept by the browser: the address may be this one again.
  return { statusCode: status, headers: { ...dataHeaders, ...headers, 'x-request-id': request.id } };
}
