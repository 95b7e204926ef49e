import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Method } from '#shared/operation/operation.ts';
import { Mistakes, reportMistakes } from '../mistakes.ts';
import { writeDocument } from '../openapi/openapi.ts';
import { isOperation, type Entry } from '../entry.ts';
import { findOperations } from '../operations.ts';
import { routesOf } from '../api/routes.ts';
import { checkName } from './name.ts';
import { eventText, operationText, testText, type Draft } from './template.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const functions = `${root}functions`;

/** Verbs for which HTTP has a method; the path need not contain them. */
const methods: Readonly<Record<string, Method>> = {
  read: 'GET',
  list: 'GET',
  create: 'POST',
  put: 'PUT',
  update: 'PATCH',
  delete: 'DELETE',
};

/** A draft with a path like those of the resource's other operations. A resource without operations gets its plural as path. */
function draft(name: string, entries: readonly Entry[]): Draft {
  const [resource = '', verb = ''] = name.split('/');
  const [shortest] = entries
    .filter(isOperation)
    .filter(
      ({ file, declaration: { kind } }) =>
        kind === 'operation' && file.startsWith(`${functions}/${resource}/`),
    )
    .map(({ declaration: { path } }) => path.replace(/\/\{.*/, ''))
    .toSorted((a, b) => a.length - b.length);
  const collection = shortest ?? `/v1/${resource.replace(/^admin-/, 'admin/')}s`;
  const method = methods[verb] ?? 'POST';
  const isFree = !entries.flatMap(routesOf).includes(`${method} ${collection}`);
  return {
    id: `${resource}-${verb}`,
    method,
    path: verb in methods && isFree ? collection : `${collection}/${verb}`,
    auth: resource.startsWith('admin') ? 'admin' : 'session',
  };
}

/** Writes files formatted. Overwrites nothing: if one of the files exists, none is written. */
async function writeNew(texts: Readonly<Record<string, string>>): Promise<void> {
  const taken = Object.keys(texts).filter((file) => existsSync(root + file));
  if (taken.length > 0) throw new Mistakes(taken.map((file) => `${file} exists already.`));
  for (const [file, text] of Object.entries(texts)) {
    const style = await resolveConfig(root + file);
    mkdirSync(dirname(root + file), { recursive: true });
    writeFileSync(root + file, await format(text, { ...style, filepath: file }));
  }
}

/** Writes an operation, its event and its test, and brings the document up to date. */
async function newOperation(name: string, isNewResource: boolean): Promise<void> {
  const entries = findOperations();
  checkName(name, entries, functions, isNewResource);
  const made = draft(name, entries);
  const { id, method, path, auth } = made;
  const texts = {
    [`functions/${name}.ts`]: operationText(made),
    [`events/${id}.json`]: eventText(made, readFileSync(`${root}events/me-read.json`, 'utf8')),
    [`test/operations/${id}.test.ts`]: testText(made),
  };
  await writeNew(texts);
  writeDocument();
  console.log(`${id} answers ${method} ${path} (auth: ${auth}). These files are new:`);
  for (const file of Object.keys(texts)) console.log(`  ${file}`);
  console.log(`docs/openapi.json has it too. Say in functions/${name}.ts what it does, then run its test:`);
  console.log(`  npm test -- test/operations/${id}`);
}

await reportMistakes(async () => {
  const [name, ...options] = process.argv.slice(2);
  if (name === undefined) throw new Mistakes(['Usage: npm run new RESOURCE/VERB, such as invite/archive.']);
  await newOperation(name, options.includes('--new-resource'));
});
