import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { errorTable, type ErrorCode } from '#shared/errors/table.ts';
import { operation, type Operation } from '#shared/operation/operation.ts';
import { openApiDocument } from '#infra/openapi/openapi.ts';
import { formId } from '#infra/openapi/describe-operation.ts';
import { ownRequests } from '#infra/openapi/own-requests.ts';
import { isOperation, type Entry } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { pathParameters } from '#infra/api/routes.ts';
import { jobs } from './fixtures.ts';

interface Media {
  schema: { allOf?: [{ $ref: string }, { properties: { code: { enum: ErrorCode[] } } }] };
}
interface Fields {
  properties: object;
  required: string[];
}
interface Described {
  operationId: string;
  summary: string;
  security: object[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; headers?: object; content?: Record<string, Media> }>;
}

const describedBy = (entries: readonly Entry[]) => {
  const { paths } = openApiDocument(entries) as { paths: Record<string, Record<string, Described>> };
  return paths;
};

const entries = findOperations();
const paths = describedBy(entries);
const addressed = entries.filter(isOperation).filter(({ id }) => id !== 'not-found');

const codesOf = ({ responses }: Described) =>
  Object.values(responses).flatMap(
    ({ content }) => content?.['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [],
  );

function describeThing(declaration: Operation): Described {
  const item = describedBy([{ id: 'thing', file: '', declaration }])[declaration.path]!;
  return item[declaration.method.toLowerCase()]!;
}

describe.each(addressed)('$id', ({ id, declaration }) => {
  const described = paths[declaration.path]?.[declaration.method.toLowerCase()];

  test('is in the document under its method, path and id', () => {
    expect(described).toMatchObject({ operationId: id, summary: declaration.summary });
    for (const form of declaration.forms ?? [])
      expect(paths[form.path]?.['post']).toMatchObject({ operationId: formId(id, declaration, form) });
  });

  test('asks for credentials if and only if the declaration does', () => {
    const ways = [...(declaration.auth === 'optional' ? [{}] : []), { cookie: [] }, { bearer: [] }];
    // Endpoints that apps call, not people, take other credentials.
    const ofApps = ownRequests[id]?.security;
    expect(described!.security).toEqual(ofApps ?? (declaration.auth === 'public' ? [] : ways));
  });

  test('names every part of its path', () => {
    const inPath = (described!.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name).toSorted()).toEqual(pathParameters(declaration.path).toSorted());
    for (const { required } of inPath) expect(required).toBe(true);
  });

  test('answers its success, and every declared error under its own status', () => {
    expect(described!.responses).toHaveProperty(String(declaration.status ?? 200));
    for (const code of declaration.errors)
      expect(described!.responses).toHaveProperty(String(errorTable[code].status));
    if (declaration.kind !== 'operation') return expect(codesOf(described!)).toEqual([]);
    expect(codesOf(described!)).toEqual(expect.arrayContaining([...declaration.errors, 'internal']));
    for (const [status, { content }] of Object.entries(described!.responses))
      for (const code of content?.['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [])
        expect(errorTable[code].status).toBe(Number(status));
  });
});

test('the document holds nothing but operations: no job, no catch-all', () => {
  const found = Object.values(describedBy([...entries, ...jobs])).flatMap((item) => Object.values(item));
  const forms = addressed.flatMap(({ id, declaration }) =>
    (declaration.forms ?? []).map((form) => formId(id, declaration, form)),
  );
  const again = addressed.flatMap(({ id, declaration: { alsoPost, alsoAt } }) => [
    ...(alsoPost ? [`${id}-post`] : []),
    ...(alsoAt ? [`${id}-also`] : []),
  ]);
  const wanted = [...addressed.map(({ id }) => id), ...again, ...forms];
  expect(found.map(({ operationId }) => operationId).toSorted()).toEqual(wanted.toSorted());
});

const putThing = describeThing(
  operation({
    summary: 'Changes a thing.',
    method: 'PUT',
    path: '/v1/things/{id}',
    auth: 'verified',
    params: z.object({ id: z.string() }),
    query: z.object({ dry: z.optional(z.string()), mode: z.string() }),
    body: z.strictObject({ name: z._default(z.string(), 'x') }),
    response: z.object({ name: z._default(z.string(), 'x') }),
    status: 201,
    uses: [jobs[0]!.declaration.uses[0]!, jobs[0]!.declaration.uses[2]!],
    errors: ['conflict'],
    rate: [{ per: 'user', limit: 1, window: '1m' }],
    run: async () => ({}),
  }),
);
const readThings = operation({
  summary: 'Lists things.',
  method: 'GET',
  path: '/v1/things',
  auth: 'public',
  response: z.object({}),
  uses: [],
  errors: [],
  rate: [],
  run: async () => ({}),
});

test('errors that the request chain gives are in the document, by what the declaration asks of it', () => {
  const implied =
    'busy cross_site device_mismatch internal invalid keys_unavailable malformed not_verified rate_limited store_unavailable';
  const all = `conflict ${implied} too_large unauthenticated unsupported_encoding unsupported_media_type`;
  expect(codesOf(putThing).toSorted()).toEqual(all.split(' ').toSorted());
  expect(codesOf(describeThing(readThings))).toEqual(['internal']);
});

test('where some bodies alone want a caller, what is said to who is none is among the errors', () => {
  const declaration = { ...readThings, auth: 'optional' } as const;
  const refused = ['device_mismatch', 'unauthenticated'];
  expect(codesOf(describeThing({ ...declaration, wantsCaller: () => true }))).toEqual(
    expect.arrayContaining(refused),
  );
  for (const code of refused) expect(codesOf(describeThing(declaration))).not.toContain(code);
});

test('a form answers by pages, and must come from a page of ours', () => {
  const form = {
    path: '/things',
    read: () => ({}),
    done: () => '',
    again: () => ({ status: 200, headers: {}, body: '' }),
  };
  const posted = describedBy([{ id: 'thing', file: '', declaration: { ...readThings, forms: [form] } }])[
    '/things'
  ]!['post']!;
  expect(posted.responses['403']?.description).toContain('`cross_site`');
  expect(Object.keys(posted.responses)).toEqual(['200', '303', '400', '403', '413', '415', '422', '500']);
  expect(codesOf(posted)).toEqual([]);
});

test('requests are described as they are sent, answers as they come', () => {
  expect(putThing.requestBody?.content['application/json']?.schema).not.toHaveProperty('required');
  expect(putThing.responses['201']?.content?.['application/json']?.schema).toMatchObject({
    required: ['name'],
  });
  expect(putThing.parameters).toMatchObject([
    { name: 'id', in: 'path', required: true },
    { name: 'dry', in: 'query', required: false },
    { name: 'mode', in: 'query', required: true },
    { name: 'DPoP', in: 'header', required: false },
  ]);
});

test('the endpoints of protocols say what they take, where, and by what an app shows who it is', () => {
  const of = (path: string, method: string) => {
    const { parameters = [], requestBody, security } = paths[path]![method]!;
    const form = requestBody?.content['application/x-www-form-urlencoded']?.schema as Fields | undefined;
    return { inQuery: parameters.map(({ name }) => name), form, security };
  };
  for (const path of ['/oauth/authorize', '/oauth/logout']) {
    const { inQuery } = of(path, 'get');
    expect(inQuery).toEqual(expect.arrayContaining(['client_id', 'state', 'id_token_hint']));
    expect(of(path, 'get').form).toBeUndefined();
    const posted = of(path, 'post');
    expect([posted.inQuery, Object.keys(posted.form!.properties)]).toEqual([[], inQuery]);
  }
  expect(of('/oauth/authorize', 'post').form!.required).toContain('code_challenge');
  expect(of('/oauth/token', 'post').form!.required).toEqual(['grant_type']);
  expect(of('/oauth/revoke', 'post').form!.required).toEqual(['token']);
  for (const path of ['/oauth/token', '/oauth/revoke'])
    expect(of(path, 'post').security).toEqual([{}, { app: [] }]);
  for (const method of ['get', 'post'])
    expect(of('/oauth/userinfo', method)).toEqual({
      inQuery: [],
      form: undefined,
      security: [{ appToken: [] }],
    });
  const { securitySchemes } = openApiDocument(entries).components;
  for (const item of Object.values(paths))
    for (const { security } of Object.values(item))
      for (const way of security.flatMap((one) => Object.keys(one)))
        expect(securitySchemes).toHaveProperty(way);
});

test('a header that makes repeats known is in the document where it is read, and there alone', () => {
  const reading = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(({ parameters }) => parameters?.some(({ name }) => name === 'Idempotency-Key'));
  expect(reading.map(({ operationId }) => operationId)).toEqual(['admin-invite-create']);
});

test('lists say how much they give, and what ends them', () => {
  const { parameters, responses } = paths['/v1/sessions']!['get']!;
  expect(parameters).toContainEqual(
    expect.objectContaining({
      name: 'limit',
      schema: expect.objectContaining({
        description: 'A whole number from 1 to 100; without it 25.',
      }) as object,
    }),
  );
  expect(JSON.stringify(responses)).toContain('Null alone ends the list');
});

test('an answer that is there as CSV too says so, and where the next page is', () => {
  const csv = { file: 'things.csv', columns: [], rows: () => [] };
  const answer = describeThing({ ...readThings, csv }).responses['200'];
  expect(Object.keys(answer!.content!)).toEqual(['application/json', 'text/csv']);
  expect(answer!.headers).toHaveProperty('Link');
  expect(describeThing(readThings).responses['200']).not.toHaveProperty('headers');
});

test('answers that ask to wait say how long', () => {
  expect(putThing.responses['429']?.headers).toHaveProperty('Retry-After');
  expect(putThing.responses['503']?.headers).toHaveProperty('Retry-After');
});

test('the document is the same whatever order the operations come in', () => {
  expect(JSON.stringify(openApiDocument(entries.toReversed()))).toBe(
    JSON.stringify(openApiDocument(entries)),
  );
});

test('what is answered before any operation is said of the whole', () => {
  const { description } = openApiDocument(entries).info;
  for (const said of ['413', '429', '503', '{"message"}', '`misdirected`'])
    expect(description).toContain(said);
});

test('every reference in the document leads somewhere', () => {
  const document = openApiDocument(entries);
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
    expect(document.components.schemas).toHaveProperty(name!);
  expect(text.replaceAll('#/components/schemas/', '')).not.toMatch(/"\$ref":"#/);
});

test('docs/openapi.json is what the declarations say', () => {
  expect(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(openApiDocument(entries))),
  );
});
