import { router } from '#local/host/routes.ts';
import { differences, targets, type Target } from './document.ts';
import type { Wire } from './draft.ts';
import type { Answer } from './wire.ts';

/** Of every answer, errors too (C65). */
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

/** Which headers that belong to any answer are missing, or say something else. */
export const wrongHeaders = ({ headers }: Answer): string[] =>
  Object.entries(always)
    .filter(([name, wanted]) => !wanted.test(String(headers[name] ?? '')))
    .map(([name]) => `${name} is ${String(headers[name])}`);

/** The operation of the document that a request reaches, as API Gateway finds it; HEAD is answered as GET is. */
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

/** Problems, for programs and for people. */
const content = { 'text/html': { schema: {} }, 'application/problem+json': { schema: {} } };

/** What an address answers that no operation has; 403 to what comes from a page of another site. */
const nowhere: Target = {
  operationId: 'not-found',
  method: '',
  path: '',
  responses: { 303: {}, 403: { content }, 404: { content } },
};

/** What of an answer is not as the document says; empty where it all is. */
export function violations(wire: Wire, answer: Answer): string[] {
  const { status, headers, text } = answer;
  // Browsers ask so beforehand, of no operation but of the server (Fetch standard, 3.3).
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
