import { methodsOf } from '../operation/methods.ts';
import type { Operation } from '../operation/operation.ts';
import type { Stream } from '../operation/stream.ts';
import { dataHeaders } from './security-headers.ts';
import type { Event, Runtime, Step } from './step.ts';

/** How long browsers may cache a preflight's answer: Chrome's maximum. */
const keptSeconds = 7_200;

/** Headers that pages send to our own operations, besides those that browsers always allow. */
const sentHeaders = 'authorization, content-type, dpop';

/** Headers that clients may read besides the answer's own headers. */
const toldHeaders = ['retry-after', 'www-authenticate', 'x-request-id'];

type Headers = Record<string, string | number | boolean>;
type Opened = Pick<Runtime, 'config'> & { operation: Operation | Stream };

/**
 * Lets pages of the apps call from a browser (Fetch standard, 3.3): answers preflights, and names the page's origin on every answer,
 * errors included. Credentials are never allowed, and cookies of a request from another origin are ignored.
 */
export function cors({ config, operation }: Opened): Step {
  const { appOrigins } = config.settings;

  /** Headers of any answer; `more` only for pages of the apps. */
  function headersFor({ headers: { origin } }: Event, more: Headers): Headers {
    // Caches must not give one origin's answer to another.
    const vary = { vary: 'origin' };
    return origin !== undefined && appOrigins.includes(origin)
      ? { ...vary, 'access-control-allow-origin': origin, ...more }
      : vary;
  }

  const add: Step['after'] = ({ event, response }) => {
    const own = response!.headers ?? {};
    const told = [...new Set([...toldHeaders, ...Object.keys(own)])].join(', ');
    response!.headers = { ...own, ...headersFor(event, { 'access-control-expose-headers': told }) };
  };

  return {
    before: ({ event, context }) => {
      if (event.requestContext.http.method === 'OPTIONS') {
        // This answer skips the `after` steps, so it gets their headers here.
        const own = { ...dataHeaders, 'x-request-id': context.exchange.request.id };
        const headers = { ...own, ...headersFor(event, allowed(operation, event)) };
        // With a byte of body: a streamed answer without one may not end on every path through Lambda.
        return operation.kind === 'stream'
          ? { statusCode: 200, headers: { ...headers, 'content-type': 'text/plain' }, body: '\n' }
          : { statusCode: 204, headers };
      }
      const { origin } = event.headers;
      if (origin !== undefined && origin !== config.origin) context.exchange.request.cookies = {};
      return undefined;
    },
    after: add,
    onError: add,
  };
}

/** Methods and headers that pages may send (Fetch standard, 3.3.3). */
const allowed = (operation: Operation | Stream, { headers }: Event): Headers => ({
  'access-control-allow-methods': methodsFor(operation).join(', '),
  // Clients of the providers send headers of their own. The relay decides which of them it passes on.
  'access-control-allow-headers':
    operation.kind === 'stream' ? plainList(headers['access-control-request-headers']) : sentHeaders,
  'access-control-max-age': keptSeconds,
});

const methodsFor = (operation: Operation | Stream): string[] =>
  operation.kind === 'stream' ? ['GET', 'POST'] : methodsOf(operation);

/** The list of header names that a browser asks for, if it is well formed and not longer than any real client's. */
const plainList = (text = ''): string =>
  text.length <= 1_000 && /^[\w-]+( *, *[\w-]+)*$/.test(text) ? text : sentHeaders;
