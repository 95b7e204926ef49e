import { describe, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { bodyTargets, type BodyTarget, type FieldSchema } from '../harness/stack/bodies.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send, type Answered, type Sent } from '../harness/http/http.ts';
import type { Problem } from '#shared/errors/problem.ts';

const { stack, admin } = useAdmin();

const operations = bodyTargets();

const post = ({ method, path }: BodyTarget, sent: Sent) =>
  send(stack(), method, path, { token: admin.session.token, ...sent });
/** The tables after every owed mail has been handled. */
const tables = async () => {
  await stack().settle();
  return stack().dumpTables();
};
const raw = (target: BodyTarget, body: string | Buffer) =>
  post(target, { raw: body, headers: { 'content-type': 'application/json' } });

/** Checks the form of a refusal (RFC 9457). */
function expectProblem(answer: Answered<Problem>, status: number, code: string): void {
  expect({ status: answer.status, code: answer.json?.code }, answer.text).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  // No placeholder is left unfilled.
  const text = expect.stringMatching(/^[^{}]*\S[^{}]*$/) as string;
  const error = { path: expect.any(String) as string, message: text };
  expect(answer.json).toEqual({
    type: `urn:latchkey:error:${code}`,
    title: text,
    status,
    code,
    detail: text,
    requestId: answer.headers['x-request-id'],
    ...(code === 'invalid' && { errors: expect.arrayContaining([error]) as Problem['errors'] }),
  });
}

const expectField = (answer: Answered<Problem>, field: string): void => {
  expectProblem(answer, 422, 'invalid');
  expect(answer.json.errors?.map(({ path }) => path.split('.')[0])).toContain(field);
};

/** A value just over the field's limit. Undefined if the field states no limit. */
const oversized = ({ maxLength, maximum, maxItems }: FieldSchema): unknown => {
  if (maxLength !== undefined) return 'x'.repeat(maxLength + 1);
  if (maximum !== undefined) return maximum + 1;
  return maxItems === undefined ? undefined : Array.from({ length: maxItems + 1 }, () => 'a@example.com');
};
const wrongTypes = ({ type }: FieldSchema): unknown[] =>
  ['text', 1.5, true, { a: 1 }, [{}]].filter(
    (value) => typeof value !== type && !(type === 'array' && Array.isArray(value)),
  );

test('C66: there are operations that take a body', () => {
  expect(operations.map(({ id }) => id)).toContain('registration-create');
});

describe.each(operations)('$id', (target) => {
  test('422: names each field that is missing', async () => {
    const before = await tables();
    for (const field of target.required) {
      const { [field]: _, ...rest } = target.sample;
      expectField(await post(target, { json: rest }), field);
    }
    if (target.required.length > 0) {
      const empty = await raw(target, '');
      expectProblem(empty, 422, 'invalid');
      expect(empty.json.errors).toHaveLength(target.required.length);
      expectProblem(await post(target, { json: {} }), 422, 'invalid');
    }
    expect(await tables()).toEqual(before);
  });

  test('422: names each field of a wrong type', async () => {
    const before = await tables();
    for (const [field, schema] of Object.entries(target.fields)) {
      if (schema.type === undefined) continue;
      for (const value of wrongTypes(schema)) {
        expectField(await post(target, { json: { ...target.sample, [field]: value } }), field);
      }
    }
    expect(await tables()).toEqual(before);
  });

  test('C83: takes null for what may be left out', async () => {
    const optional = Object.keys(target.fields).filter((field) => !target.required.includes(field));
    const nulls = Object.fromEntries(optional.map((field) => [field, null]));
    // The unknown field makes the request fail, so nothing is done.
    const { status, json } = await post(target, { json: { ...nulls, unknown: 1 } });
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'invalid' });
    expect(json.errors!.filter(({ message }) => /must be of type|Choose one of/.test(message))).toEqual([]);
  });

  test('422: names each field that is too long or too large', async () => {
    const before = await tables();
    for (const [field, schema] of Object.entries(target.fields)) {
      const value = oversized(schema);
      if (value === undefined) continue;
      expectField(await post(target, { json: { ...target.sample, [field]: value } }), field);
    }
    expect(await tables()).toEqual(before);
  });

  test('422: names a field that it does not know', async () => {
    const before = await tables();
    for (const field of ['extra', 'constructor', 'toString', ' ', '💥']) {
      expectField(await post(target, { json: { ...target.sample, [field]: 1 } }), field);
    }
    expect(await tables()).toEqual(before);
  });

  test.each([
    ['broken JSON', '{"a":'],
    ['two values', '{}{}'],
    ['a list', '[{}]'],
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '1'],
    ['spaces', '   '],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x7d])],
    ['Latin-1 (C72)', Buffer.from('{"name":"André"}', 'latin1')],
    ['half a character', Buffer.concat([Buffer.from('{"'), Buffer.from([0xe3, 0x81])])],
    ['JavaScript', '{a: 1}'],
  ])('400: refuses %s', async (_, body) => {
    const before = await tables();
    expectProblem(await raw(target, body), 400, 'malformed');
    expect(await tables()).toEqual(before);
  });

  test('422: survives a body that is nested 100,000 deep', async () => {
    const deep = `{"extra":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { status } = await raw(target, deep);
    expect([400, 422]).toContain(status);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'json', ''])(
    '415: refuses a body that is declared as "%s"',
    async (type) => {
      const headers: Record<string, string> = type ? { 'content-type': type } : {};
      const body = JSON.stringify(target.sample);
      expectProblem(await post(target, { raw: body, headers }), 415, 'unsupported_media_type');
    },
  );

  test.each(['gzip', 'br', 'identity, zstd'])(
    '415 C72: refuses a body that is declared as %s',
    async (encoding) => {
      const body = JSON.stringify(target.sample);
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      expectProblem(await post(target, { raw: body, headers }), 415, 'unsupported_encoding');
    },
  );

  test('413: refuses 3 MiB', async () => {
    const body = JSON.stringify({ ...target.sample, extra: 'x'.repeat(3 * 2 ** 20) });
    expectProblem(await raw(target, body), 413, 'too_large');
  });

  test('4xx C66: half a surrogate pair in a text is a mistake of the sender, not of the store', async () => {
    const lasting = async () => {
      const { audit: _, counters: __, ...kept } = await tables();
      return kept;
    };
    const before = await lasting();
    for (const [field, { type }] of Object.entries(target.fields)) {
      // A captcha is not stored, and is checked only if the operation requires one.
      if (type !== 'string' || field === 'captcha') continue;
      const answer = await post(target, { json: { ...target.sample, [field]: 'abc\ud800def' } });
      expect(answer.status, `${field}: ${answer.text}`).toBeLessThan(500);
    }
    // A refused sign-in is recorded and counted. Nothing else is stored.
    expect(await lasting()).toEqual(before);
  });
});

describe('addresses', () => {
  test.each([
    '/nowhere',
    '/v1',
    '/v1/',
    '/v1/register/',
    '/v1/Register',
    '/%00',
    '/%ff',
    '/..%2f..%2fetc/passwd',
    '//',
  ])('404: there is nothing at %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      expectProblem(await send(stack(), method, path), 404, 'not_found');
    }
  });

  test.each(operations)('404: $id answers its own method only', async ({ path }) => {
    const own = new Set(operations.filter((one) => one.path === path).map(({ method }) => method));
    for (const other of ['PUT', 'PATCH', 'OPTIONS', 'TRACE'].filter((one) => !own.has(one))) {
      expectProblem(await send(stack(), other, path), 404, 'not_found');
    }
  });
});

test.each(
  findOperations()
    .filter(isOperation)
    .filter(({ declaration: { kind, method, body } }) => kind === 'operation' && method !== 'GET' && !body)
    .map(({ id, declaration: { method } }) => ({ id, method, path: readEvent(id).rawPath })),
)('C66: $id, which takes no body, reads none, of any size', async ({ method, path }) => {
  const [short, long] = await Promise.all(
    ['x', 'x'.repeat(300 * 1_024)].map((body) => send(stack(), method, path, { raw: body })),
  );
  expect({ status: long!.status, code: long!.json.code }).toEqual({
    status: short!.status,
    code: short!.json.code,
  });
});

test.each(operations.filter(({ declaration }) => declaration.auth === 'public' && !declaration.setsCookie))(
  'C66: $id knows no session, and so a cookie of one refuses nobody',
  async ({ method, path, sample }) => {
    const answer = await send(stack(), method, path, {
      json: sample,
      cookies: { '__Host-session': 'made.up.cookie' },
    });
    expect(answer.status, answer.text).not.toBe(403);
  },
);
