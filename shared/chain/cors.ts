import { methodsOf } from '../operation/methods.ts';
import type { Operation } from '../operation/operation.ts';
import type { Stream } from '../operation/stream.ts';
import { dataHeaders } from './security-headers.ts';
import type { Event, Runtime, Step } from './step.ts';

/** For so long a browser need not ask again; Chrome takes no more. */
const keptSeconds = 7_200;

/** What pages send to our own operations, besides what browsers let pass anyway. */
const sentHeaders = 'authorization, content-type, dpop';

/** What clients read of an answer besides its own headers. */
const toldHeaders = ['retry-after', 'www-authenticate', 'x-request-id'];

type Headers = Record<string, string | number | boolean>;
type Opened = Pick<Runtime, 'config'> & { operation: Operation | Stream };

/**
 * Lets browsers call from pages of the apps (Fetch standard, 3.3): answers what they ask beforehand, and names the page's origin
 * on every answer, errors included. Credentials are never allowed, and a cookie that comes along from another origin says nothing.
 */
export function cors({ config, operation }: Opened): Step {
  const { appOrigins } = config.settings;

  /** Headers of any answer, with `more` for pages of the apps alone. */
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
        // Whatever answers here is not seen by the steps that answers pass.
        const own = { ...dataHeaders, 'x-request-id': context.exchange.request.id };
        const headers = { ...own, ...headersFor(event, allowed(operation, event)) };
        // A streamed answer without a byte is not known to end on every path of Lambda's.
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

/** What pages may send (Fetch standard, 3.3.3). */
const allowed = (operation: Operation | Stream, { headers }: Event): Headers => ({
  'access-control-allow-methods': methodsFor(operation).join(', '),
  // Clients of the providers send headers of their own; what passes to a provider, the relay decides.
  'access-control-allow-headers':
    operation.kind === 'stream' ? plainList(headers['access-control-request-headers']) : sentHeaders,
  'access-control-max-age': keptSeconds,
});

const methodsFor = (operation: Operation | Stream): string[] =>
  operation.kind === 'stream' ? ['GET', 'POST'] : methodsOf(operation);

/** The names of headers that a browser lists, if they are that and no more than any client has. */
const plainList = (text = ''): string =>
  text.length <= 1_000 && /^[\w-]+( *, *[\w-]+)*$/.test(text) ? text : sentHeaders;
