import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { mistakesIn } from '#infra/check-operations.ts';
import type { Entry } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { formatField } from '#shared/http/csv.ts';
import type { Job } from '#shared/operation/job.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { sentencesOf } from './sentences.ts';
import { temporaryDirectory } from './synthesize.ts';

const operation = (part: Partial<Operation>): Operation => ({
  kind: 'operation',
  summary: 'Does something.',
  method: 'GET',
  path: '/v1/things',
  auth: 'public',
  response: z.object({ id: z.string() }),
  uses: [],
  errors: [],
  rate: [],
  run: async () => undefined,
  ...part,
});
const job = (trigger: Job['trigger']): Job => ({
  kind: 'job',
  summary: 'Works.',
  trigger,
  uses: [],
  run: async () => undefined,
});
const entry = (id: string, declaration: Operation | Job): Entry => ({ id, file: `${id}.ts`, declaration });

test('every file below functions/ is an operation, named by its path', () => {
  const entries = findOperations();
  expect(entries.length).toBeGreaterThan(0);
  for (const { id, file } of entries)
    expect(file.replaceAll('/', '-').endsWith(`functions-${id}.ts`)).toBe(true);
  expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).toSorted());
});

test('files that declare nothing or cannot be imported are reported together', () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'thing'));
  writeFileSync(join(directory, 'thing', 'read.ts'), 'export const run = 1;');
  writeFileSync(join(directory, 'thing', 'list.ts'), 'export default { kind: "operation" };');
  writeFileSync(join(directory, 'broken.ts'), 'import "./missing.ts";');
  const sentences = sentencesOf(() => findOperations(directory));
  expect(sentences.map((sentence) => sentence.split(':')[0])).toEqual(['broken', 'thing-list', 'thing-read']);
});

test('an operation that contradicts itself is reported with every contradiction', () => {
  const wrong = operation({
    method: 'GET',
    path: '/v1/things/{id}/{part}',
    params: z.object({ id: z.string(), other: z.string() }),
    body: z.object({}),
    status: 204,
  });
  expect(mistakesIn([entry('thing-read', wrong)])).toEqual([
    'thing-read: path parameter {part} is not in params.',
    'thing-read: params has other, which is not in the path /v1/things/{id}/{part}.',
    'thing-read: a GET has no body.',
    'thing-read: status 204 has no body, but the response has fields.',
  ]);
});

test('an operation that answers CSV must be told when', () => {
  const csv = { file: 'things.csv', columns: ['id'], rows: () => [] };
  expect(mistakesIn([entry('thing-list', operation({ csv }))])).toEqual([
    'thing-list: it has csv, but no format in its query.',
  ]);
  const query = z.strictObject({ format: formatField });
  expect(mistakesIn([entry('thing-list', operation({ csv, query }))])).toEqual([]);
});

test('an operation without response, a path that is none and a name that is none are reported', () => {
  const { response: _, ...bare } = operation({ path: 'v1/things' });
  expect(mistakesIn([entry('Thing-read', bare)])).toHaveLength(3);
});

test('R5.3: two operations on one route are reported, whatever their parameters are called', () => {
  const byId = operation({ path: '/v1/things/{id}', params: z.object({ id: z.string() }) });
  const byName = operation({ path: '/v1/things/{name}', params: z.object({ name: z.string() }) });
  expect(mistakesIn([entry('thing-read', byId), entry('thing-find', byName)])).toEqual([
    'thing-read: thing-read.ts has the same route as thing-find.ts.',
  ]);
  expect(mistakesIn([entry('thing-read', byId), entry('thing-list', operation({}))])).toEqual([]);
});

test('two files that give one id are reported', () => {
  expect(mistakesIn([entry('a-b', operation({})), entry('a-b', job('invocation'))])).toHaveLength(1);
});

test('paths that differ in the names of parameters alone, and ids too long for a function, are reported', () => {
  const withParameter = (name: string, method: 'GET' | 'POST') =>
    operation({ method, path: `/v1/things/{${name}}`, params: z.object({ [name]: z.string() }) });
  const alike = [
    entry('thing-read', withParameter('id', 'GET')),
    entry('thing-use', withParameter('id', 'POST')),
  ];
  expect(mistakesIn(alike)).toEqual([]);
  expect(mistakesIn([alike[0]!, entry('thing-use', withParameter('name', 'POST'))])).toEqual([
    'thing-use: /v1/things/{name} has other parameters than /v1/things/{id} of thing-read.',
  ]);
  const long = 'a'.repeat(41);
  expect(mistakesIn([entry(long, operation({}))])).toEqual([`${long}: its id is longer than 40 characters.`]);
});

test('a job on a table without a stream, or that never runs, is reported', () => {
  expect(mistakesIn([entry('mail-send', job({ stream: 'mails' }))])).toEqual([]);
  expect(mistakesIn([entry('user-send', job({ stream: 'users' }))])).toEqual([
    'user-send: table users has no stream.',
  ]);
  expect(mistakesIn([entry('sweep', job({ everyMinutes: 0 }))])).toHaveLength(1);
});

test('routes: what answers GET answers HEAD too, forms have their own, not-found takes the rest, jobs have none', () => {
  const form = {
    path: '/things',
    read: () => ({}),
    done: () => '',
    again: () => ({ status: 200, headers: {}, body: '' }),
  };
  expect(routesOf(entry('page-things', operation({ kind: 'page', path: '/things' })))).toEqual([
    'GET /things',
    'HEAD /things',
  ]);
  expect(routesOf(entry('thing-read', operation({ path: '/v1/things' })))).toEqual([
    'GET /v1/things',
    'HEAD /v1/things',
  ]);
  expect(
    routesOf(entry('thing-create', operation({ method: 'POST', forms: [form, { ...form, path: '/more' }] }))),
  ).toEqual(['POST /v1/things', 'POST /things', 'POST /more']);
  expect(routesOf(entry('thing-read', operation({ path: '/v1/things', cors: 'apps' })))).toContain(
    'OPTIONS /v1/things',
  );
  expect(routesOf(entry('thing-read', operation({ path: '/v1/things', alsoAt: '/things' })))).toEqual([
    'GET /v1/things',
    'HEAD /v1/things',
    'GET /things',
    'HEAD /things',
  ]);
  expect(routesOf(entry('not-found', operation({ path: '/$default' })))).toEqual(['$default']);
  expect(routesOf(entry('mail-sweep', job({ everyMinutes: 5 })))).toEqual([]);
});
