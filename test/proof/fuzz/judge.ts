import { router } from '#local/host/routes.ts';
import { differences, targets, type Target } from './document.ts';
import type { Wire } from './draft.ts';
import type { Answer } from './wire.ts';

/** Headers that every answer must have, errors included (C65). */
const always: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'strict-transport-security': /^max-age=63072000; includeSubDomains/,
  'content-security-policy': /^(?!.*unsafe-)(?=.*default-src 'none')(?=.*frame-ancestors 'none')/,
  'cache-control': /^no-store$|^public, (no-cache|max-age=(60|300))$/,
  'x-request-id': /\S/,
};

const isLike = (type: string, text: string): boolean => (text.split(';', 1)[0] ?? '').trim() === type;

/** The headers required of every answer that are missing or have a wrong value. */
export const wrongHeaders = ({ headers }: Answer): string[] =>
  Object.entries(always)
    .filter(([name, wanted]) => !wanted.test(String(headers[name] ?? '')))
    .map(([name]) => `${name} is ${String(headers[name])}`);

/** Finds the document's operation for a request as API Gateway does. HEAD is answered as GET. */
const find = router(
  targets.flatMap(({ method, path, operationId }) =>
    (method === 'GET' ? ['GET', 'HEAD'] : [method]).map((one) => ({
      key: `${one} ${path}`,
      target: operationId,
      allowed: true,
      timeoutMs: 0,
    })),
  ),
);
const byId = new Map(targets.map((target) => [target.operationId, target]));

export const reached = ({ method, path }: Pick<Wire, 'method' | 'path'>): Target | undefined =>
  byId.get(find(method, path.split('?', 1)[0] ?? '')?.route.target ?? '');

/** Problems as JSON for programs and as HTML for people. */
const content = { 'text/html': { schema: {} }, 'application/problem+json': { schema: {} } };

/** The answers of an address without an operation. A request from another site's page gets 403. */
const nowhere: Target = {
  operationId: 'not-found',
  method: '',
  path: '',
  responses: { 303: {}, 403: { content }, 404: { content } },
};

/** How an answer differs from the document; empty if it does not. */
export function violations(wire: Wire, answer: Answer): string[] {
  const { status, headers, text } = answer;
  // A preflight asks the server, not an operation (Fetch standard, 3.3).
  if (wire.method === 'OPTIONS' && status === 204) return wrongHeaders(answer);
  const { responses } = reached(wire) ?? nowhere;
  const described = responses[status];
  if (status >= 500) return [`answers ${status}`];
  if (!described) return [`${status} is not in the document`];
  const type = headers['content-type'] ?? '';
  const { content: types } = described;
  const kinds = Object.entries(types ?? {});
  const media = kinds.find(([name]) => isLike(name, type));
  const isHead = wire.method === 'HEAD';
  return [
    ...wrongHeaders(answer),
    ...(types && !media ? [`content type ${type} is not in the document`] : []),
    ...(!types && text !== '' ? [`a body is not in the document: ${text.slice(0, 100)}`] : []),
    ...(isHead && text !== '' ? ['HEAD has a body'] : []),
    ...(media && !isHead && media[0].endsWith('json') ? wrongJson(media[1].schema, text) : []),
    ...(isLike('application/problem+json', type) && !isHead ? wrongProblem(answer) : []),
  ];
}

function wrongJson(schema: object, text: string): string[] {
  try {
    const wrong = differences(schema, JSON.parse(text));
    return wrong ? [wrong] : [];
  } catch (error) {
    return [`no JSON: ${String(error)}`];
  }
}

function wrongProblem({ status, headers, text }: Answer): string[] {
  const {
    status: told,
    code,
    requestId,
  } = JSON.parse(text) as {
    status: number;
    code: string;
    requestId: string;
  };
  return [
    ...(code === 'rate_limited' && !headers['retry-after'] ? ['no Retry-After'] : []),
    ...(told === status ? [] : [`the body says ${told}`]),
    ...(requestId === headers['x-request-id'] ? [] : ['the body names another request']),
  ];
}
