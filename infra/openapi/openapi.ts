import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorTable } from '#shared/errors/table.ts';
import { cookie } from '#shared/http/cookies.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { describeAgain, describeForm, describeOperation } from './describe-operation.ts';
import { appSchemes } from './own-requests.ts';
import { isOperation, type Entry } from '../entry.ts';
import { findOperations } from '../operations.ts';
import { Mistakes, reportMistakes } from '../mistakes.ts';
import { routesOf } from '../api/routes.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

const text = { type: 'string' };

/** The body of every error answer (`shared/errors/problem.ts`, RFC 9457). */
const problem = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  properties: {
    type: { ...text, format: 'uri' },
    title: text,
    status: { type: 'integer' },
    code: { enum: Object.keys(errorTable).toSorted() },
    detail: text,
    requestId: text,
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: text, message: text }, required: ['path', 'message'] },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
};

const securitySchemes = {
  cookie: { type: 'apiKey', in: 'cookie', name: cookie.session },
  bearer: { type: 'http', scheme: 'bearer', description: 'The token of a session with transport "token".' },
  ...appSchemes,
};

/** Answers that come before any operation runs, and so are described for none. */
const before =
  'Whatever the operation, API Gateway itself can answer 413, 429, 500 or 503 with `{"message"}` as JSON. Where all are to come by a proxy, who comes past it is answered 403 `misdirected`.';

/** The OpenAPI 3.1 document of all operations that have an address of their own. */
export function openApiDocument(entries: readonly Entry[]) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Latchkey',
      version,
      description: `${description}.\n\n${before}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: pathsOf(entries),
    components: { schemas: { Problem: problem }, securitySchemes },
  };
}

type Described = [path: string, method: string, operation: object];

function pathsOf(entries: readonly Entry[]): Record<string, Record<string, object>> {
  const described = entries
    .filter(isOperation)
    .flatMap(describe)
    .toSorted((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
  const paths: Record<string, Record<string, object>> = {};
  for (const [path, method, operation] of described) (paths[path] ??= {})[method] = operation;
  return paths;
}

function describe(entry: Entry<Operation>): Described[] {
  if (routesOf(entry).includes('$default')) return [];
  const { path, method, alsoPost, alsoAt, forms = [] } = entry.declaration;
  const own: Described = [path, method.toLowerCase(), describeOperation(entry)];
  const posted: Described[] = alsoPost ? [[path, 'post', describeAgain(entry, 'post')]] : [];
  const also: Described[] = alsoAt ? [[alsoAt, method.toLowerCase(), describeAgain(entry, 'also')]] : [];
  return [
    own,
    ...posted,
    ...also,
    ...forms.map((form): Described => [form.path, 'post', describeForm(entry, form)]),
  ];
}

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));

const documentText = (): string => {
  // The operation that serves the document imports it.
  if (!existsSync(file)) writeFileSync(file, '{}\n');
  return `${JSON.stringify(openApiDocument(findOperations()), null, 2)}\n`;
};

/** Writes `docs/openapi.json` from the declarations. */
export const writeDocument = (): void => writeFileSync(file, documentText());

/** @throws Mistakes if `docs/openapi.json` is not what the declarations say. */
function checkDocument(): void {
  if (readFileSync(file, 'utf8') !== documentText())
    throw new Mistakes([
      'docs/openapi.json is not what the declarations say: run `npm run docs` and commit it.',
    ]);
}

if (import.meta.main)
  await reportMistakes(async () => (process.argv.includes('--check') ? checkDocument() : writeDocument()));
