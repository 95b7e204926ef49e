import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { rootOf } from '../base/trace.ts';
import { account } from '../template/arn.ts';
import { decodePath, type Match } from './routes.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** A time in the common log format, as API Gateway writes it: 12/Mar/2026:19:03:58 +0000. */
function logTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  return `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0000`;
}

/** Bodies of these types are passed as text. All others are passed in base64, even urlencoded forms and bodies without a type. */
const isText = (type: string): boolean =>
  /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i.test(type);

const hiddenHeaders = new Set(['cookie', 'connection', 'keep-alive', 'transfer-encoding']);

/** The headers with names in lower case and repeated ones joined by commas. Cookies are passed separately. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    if (!hiddenHeaders.has(name)) headers[name] = values.join(',');
  }
  return headers;
}

/** The decoded query, with values of repeated names joined by commas; undefined without a query. */
function queryOf(query: string): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = name in values ? `${values[name]},${value}` : value;
  }
  return Object.keys(values).length > 0 ? values : undefined;
}

/** The client's address. An IPv4 address is not written in IPv6 form. */
const addressOf = (request: IncomingMessage): string =>
  (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

/** The event's `domainPrefix`. A call to 127.0.0.1 counts as a call to the API's own address, whose prefix is the API's id. */
const prefixOf = (host: string): string =>
  /^127\.0\.0\.1(:|$)/.test(host) ? 'local' : host.split(/[.:]/, 1)[0]!;

/**
 * The event that an HTTP API makes of a request, payload format 2.0. `now` is in milliseconds since 1970.
 * @param pathOf converts the path: an HTTP API decodes it, despite the name `rawPath`; a function URL leaves it as it was sent.
 */
export function eventOf(
  request: IncomingMessage,
  body: Buffer,
  { route, parameters }: { route: Pick<Match['route'], 'key'>; parameters: Match['parameters'] },
  now: number,
  pathOf: (path: string) => string = decodePath,
): APIGatewayProxyEventV2 {
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  const rawPath = pathOf(path);
  const headers = headersOf(request);
  const sourceIp = addressOf(request);
  const host = headers['host'] ?? 'localhost';
  const cookies = request.headersDistinct['cookie']
    ?.flatMap((line) => line.split(/;[ \t]*/))
    .filter((one) => one !== '');
  const text = isText(headers['content-type'] ?? '');
  const queryStringParameters = queryOf(query);
  const ids = randomBytes(23);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath,
    rawQueryString: query,
    ...(cookies && cookies.length > 0 && { cookies }),
    headers: {
      ...headers,
      'x-amzn-trace-id':
        rootOf(headers['x-amzn-trace-id']) ||
        `Root=1-${Math.trunc(now / 1000).toString(16)}-${ids.toString('hex', 0, 12)}`,
      'x-forwarded-for': headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${sourceIp}` : sourceIp,
      'x-forwarded-port': String(request.socket.localPort),
      'x-forwarded-proto': 'http',
    },
    ...(queryStringParameters && { queryStringParameters }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host.replace(/:\d+$/, ''),
      domainPrefix: prefixOf(host),
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: ids.toString('base64url', 12) + '=',
      routeKey: route.key,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    ...(Object.keys(parameters).length > 0 && { pathParameters: { ...parameters } }),
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
