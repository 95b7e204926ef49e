import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { openInvite, register, somebody } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

/** Headers that no page of ours sends, given the app's own origin. */
const foreign: [string, (app: string) => Record<string, string>][] = [
  ['another origin', () => ({ origin: 'https://evil.example' })],
  ['an origin that begins like ours', (app) => ({ origin: `${app}.evil.example` })],
  ['our host by another scheme', (app) => ({ origin: app.replace('http:', 'https:') })],
  ['our host on another port', (app) => ({ origin: app.replace(/:\d+$/, ':1') })],
  ['an origin that says null', () => ({ origin: 'null' })],
  ['no origin', () => ({})],
];

test.each(foreign)('403 C37 R4.11: JSON from %s sets no cookie and registers nobody', async (_, headers) => {
  const token = await openInvite(stack(), admin);
  const before = await stack().dumpTables();
  const answer = await send(stack(), 'POST', '/v1/register', {
    json: { token, ...somebody() },
    headers: headers(stack().app),
  });
  expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site' }, cookies: {} });
  expect(await stack().dumpTables()).toEqual(before);
  await register(stack(), token);
});

test.each(foreign)(
  '403 C37 R4.11: a form from %s sets no cookie and registers nobody',
  async (_, headers) => {
    const token = await openInvite(stack(), admin);
    const before = await stack().dumpTables();
    const answer = await send(stack(), 'POST', '/register', {
      raw: String(new URLSearchParams({ ...somebody(), token })),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers(stack().app) },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.cookies).toEqual({});
    expect(await stack().dumpTables()).toEqual(before);
  },
);

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/jsonx',
  '',
])('415 C37: JSON that is declared as "%s" is not read, whatever its origin', async (type) => {
  const token = await openInvite(stack(), admin);
  const before = await stack().dumpTables();
  for (const transport of ['cookie', 'token']) {
    const { status, json, cookies } = await send(stack(), 'POST', '/v1/register', {
      raw: JSON.stringify({ token, transport, ...somebody() }),
      headers: { origin: stack().app, ...(type && { 'content-type': type }) },
    });
    expect({ status, code: json.code }).toEqual({ status: 415, code: 'unsupported_media_type' });
    expect(cookies).toEqual({});
  }
  expect(await stack().dumpTables()).toEqual(before);
});

test('201 C37: a program that asks for a token needs no origin, and gets no cookie', async () => {
  const answer = await send(stack(), 'POST', '/v1/register', {
    json: { token: await openInvite(stack(), admin), transport: 'token', ...somebody() },
  });
  expect(answer).toMatchObject({ status: 201, cookies: {} });
});

test('403 C37: a session cookie beside the request for a token makes the origin count again', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await send(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...somebody() },
    cookies: { '__Host-session': admin.session.token },
  });
  expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site' } });
});

test('4xx C37: a form that claims to be sent to the JSON route is refused', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await send(stack(), 'POST', '/v1/register', { form: { token, ...somebody() } });
  expect(answer.status).toBe(415);
});
