import { describe, expect, test } from 'vitest';
import { maxBodyKibibytes } from '#infra/api/body-limit.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { send } from '../harness/http/http.ts';
import { password } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { bodyTargets, type BodyTarget } from '../harness/stack/bodies.ts';
import { formFields, longTexts, textFields } from '../harness/stack/long-texts.ts';
import { volume } from '../harness/volume.ts';

const { stack, admin } = useAdmin();
const json = { 'content-type': 'application/json' };

const ask = ({ method, path }: BodyTarget, body: string) =>
  send(stack(), method, path, { token: admin.session.token, raw: body, headers: json });
const post = async (...request: Parameters<typeof ask>) => (await ask(...request)).status;

const targets = bodyTargets();
const fields = textFields();
/** Characters of a text that, in one field, exceeds most operations' limits for a body. */
const asBody = 400_000;

/** Each field gets every nth of the texts that fill a body, and the next field gets other ones. */
const turns = volume(1, 4);

describe.each(targets)('C90: $id', (target) => {
  const limit = maxBodyKibibytes(target.declaration);

  test('422: a text that is too long is refused, whatever it is made of; one that is not is no mishap', async () => {
    for (const [
      turn,
      {
        path,
        maxLength,
        bodyWith,
        target: { id },
      },
    ] of fields.entries()) {
      if (id !== target.id) continue;
      for (const length of [maxLength, asBody])
        for (const [at, [name, text]] of longTexts(length).entries()) {
          if (length === asBody && (turn + at) % turns !== 0) continue;
          const status = await post(target, JSON.stringify(bodyWith(text)));
          expect(status, `${path} of ${length}: ${name}`).toBeLessThan(500);
          if (length === asBody && target.id !== 'admin-invite-create')
            expect([413, 422], `${path} of ${length}: ${name}`).toContain(status);
        }
    }
  });

  test('413: a longer body than its fields need is not read', async () => {
    const of = (bytes: number) => `{"extra":"${'x'.repeat(bytes - '{"extra":""}'.length)}"}`;
    expect(await post(target, of(limit * 1_024))).toBe(422);
    expect(await post(target, of(limit * 1_024 + 1))).toBe(413);
  });

  test('4xx: many keys, deep lists and deep objects', async () => {
    const bytes = limit * 1_024;
    const keys = Array.from({ length: bytes / 12 }, (_, n) => `"${n.toString(36)}":0`).join();
    const depth = bytes / 2 - 10;
    const deep = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const objects = `${'{"a":'.repeat(bytes / 6 - 1)}1${'}'.repeat(bytes / 6 - 1)}`;
    for (const body of [deep, objects]) expect([400, 422]).toContain(await post(target, body));
    const list = await ask(target, `{"a":[${'0,'.repeat(bytes / 2 - 10)}0]}`);
    expect(list.json.errors?.map(({ path }) => path)).toEqual(['']);
    // The keys are not read at all, so no error names the first one.
    const { status, json: problem } = await ask(target, `{${keys}}`);
    expect({ status, paths: problem.errors?.map(({ path }) => path) }).toEqual({ status: 422, paths: [''] });
  });
});

const forms = findOperations()
  .filter(isOperation)
  .flatMap(({ declaration }) => (declaration.forms ?? []).map((form) => ({ path: form.path, declaration })));

const fieldsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, '']));

test('303 422 C90: a form with the most fields that are read is taken, and one with another field is not', async () => {
  const logOut = async (count: number) =>
    (await send(stack(), 'POST', '/logout', { form: fieldsOf(count) })).status;
  expect(await logOut(101)).toBe(303);
  expect(await logOut(102)).toBe(422);
});

test.each(forms)('C90 4xx: the form $path', async ({ path, declaration }) => {
  for (const name of formFields)
    for (const [pattern, text] of longTexts(12_000)) {
      const { status } = await send(stack(), 'POST', path, { form: { [name]: text } });
      expect(status, `${name}: ${pattern}`).toBeLessThan(500);
    }
  // A form for signed-in users leads other visitors to the login.
  expect([303, 422]).toContain((await send(stack(), 'POST', path, { form: fieldsOf(102) })).status);
  const tooLong = { password: 'x'.repeat(maxBodyKibibytes(declaration) * 1_024) };
  expect((await send(stack(), 'POST', path, { form: tooLong })).status).toBe(413);
});

test('201 C90: beside eight of the worst that passes for a body, an honest sign-in is served', async () => {
  const marks = `a${'\u0316\u0301'.repeat(100_000)}`;
  const login = admin.user.email;
  const signIn = (json: object) =>
    send(stack(), 'POST', '/v1/sessions', { json: { transport: 'token', ...json } });
  const attack = () => signIn({ login, password: marks });
  const short = () => signIn({ login: 'nobody', password: marks.slice(0, 1_024) });
  const attacks = [...Array.from({ length: 8 }, attack), ...Array.from({ length: 8 }, short)];
  const honest = await signIn({ login, password });
  expect(honest.status).toBe(201);
  const statuses = (await Promise.all(attacks)).map(({ status }) => status);
  expect(statuses.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 422));
  for (const status of statuses.slice(8)) expect([401, 429]).toContain(status);
});
