import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { needsOf } from '#shared/operation/chain-needs.ts';
import { maxBodyKibibytes } from '../api/body-limit.ts';
import { openApiDocument } from '../openapi/openapi.ts';
import { isJob, isOperation, isStream, type Entry } from '../entry.ts';

const absolute = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const quote = (file: string): string => JSON.stringify(file);

const corsFile = quote(absolute('shared/chain/cors.ts'));

/** The module that exports the request chain's capabilities, under the names of `needsOf`. */
const chain = quote(absolute('shared/operation/chain-capabilities.ts'));
const wrappers = {
  operation: ['lambda', quote(absolute('shared/chain/lambda.ts'))],
  job: ['jobLambda', quote(absolute('shared/chain/job-lambda.ts'))],
  stream: ['streamLambda', quote(absolute('shared/chain/stream-lambda.ts'))],
} as const;

const kindOf = (entry: Entry): keyof typeof wrappers => {
  if (isJob(entry)) return 'job';
  return isStream(entry) ? 'stream' : 'operation';
};

/** Source of the module that Lambda loads: the declaration, wrapped in the chain that enforces it. */
function entrySource(entry: Entry): string {
  const { id, file } = entry;
  const [wrap, wrapFile] = wrappers[kindOf(entry)];
  const needed = isOperation(entry) && `{ ${Object.keys(needsOf(entry.declaration)).join(', ')} }`;
  const { declaration } = entry;
  const opened = declaration.kind !== 'job' && declaration.cors !== undefined;
  const values = [
    `'${id}'`,
    'declaration',
    ...(isOperation(entry) ? [needed, maxBodyKibibytes(entry.declaration)] : []),
    ...(opened ? ['cors'] : []),
  ];
  return [
    `import declaration from ${quote(file)};`,
    `import { ${wrap} as wrap } from ${wrapFile};`,
    ...(needed ? [`import ${needed} from ${chain};`] : []),
    ...(opened ? [`import { cors } from ${corsFile};`] : []),
    `export const handler = wrap(${values.join(', ')});`,
  ].join('\n');
}

const namespace = 'latchkey-entry';

/** Entry points for esbuild, one folder per operation. */
export const entryPoints = (entries: readonly Entry[]): { in: string; out: string }[] =>
  entries.map(({ id }) => ({ in: `${namespace}:${id}`, out: `${id}/index` }));

/** Writes each operation's Lambda entry, so that all entries are alike and none is written by hand. */
export function generatedEntries(entries: readonly Entry[]): Plugin {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
        path: path.slice(namespace.length + 1),
        namespace,
      }));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: entrySource(byId.get(path)!),
        resolveDir: absolute(''),
        loader: 'js',
      }));
    },
  };
}

/** Bundles the document of these declarations in place of the file `docs/openapi.json`, which may be older. */
export function freshDocument(entries: readonly Entry[]): Plugin {
  return {
    name: 'fresh-document',
    setup(build) {
      build.onLoad({ filter: /[/\\]docs[/\\]openapi\.json$/ }, () => ({
        contents: JSON.stringify(openApiDocument(entries)),
        loader: 'json',
      }));
    },
  };
}
