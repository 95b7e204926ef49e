import { beforeAll, describe, expect, test } from 'vitest';
import { purposes } from '#shared/codes/mail-code.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { cookie } from '#shared/http/cookies.ts';
import type { BehaviourRequest } from '#local/provider/behaviours.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { signIn } from '../harness/people/accounts.ts';
import { leaks, misplaced } from '../harness/stack/canary.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { newDevice } from '../harness/people/devices.ts';
import { send, type Answered, type Sent } from '../harness/http/http.ts';
import { mailedGuest, openInvite, register, somebody } from '../harness/people/people.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { ask, question, relayToken } from '../harness/relay/relay.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
const password = 'Canary-7Qx9-passphrase-Zk3w';
const who = { ...somebody('canary'), password };
/** The values that are sent, and the secret part of each. Ids are not secret. */
const sent: Record<string, string> = {
  password,
  passphrase: 'Canary-phrase-Wv81-bQ',
  code: 'CANARY27XK',
  apiKey: 'sk-ant-Canary-Kq82-Lw55-Rb17-Tn94-Zx',
};
const secrets: Record<string, string> = { ...sent };

beforeAll(async () => {
  const { session } = await register(stack(), await openInvite(stack(), admin), who);
  sent['session'] = session.token;
  sent['invite'] = await openInvite(stack(), admin);
  const { code, passphrase } = sent;
  const { session: chief } = admin;
  await send(stack(), 'POST', '/v1/admin/invites', {
    json: { code, passphrase, kind: 'device-only', maxUses: 10 },
    token: chief.token,
    headers: { 'idempotency-key': 'canaries' },
  });
  secrets['session'] = session.token.split('.')[2]!;
  secrets['invite'] = sent['invite'].split('.')[1]!;
});

/** A redirect that leads back to an administrators' page with an id in its address. The id gives no access. */
const isWayBackById = /^\/login\?next=%2Fadmin%2F(people|invites)%2F[\w-]+$/;

/** Sends a request and searches the answer for secrets: its headers, its redirect, and the body of an error. */
async function tell(
  method: string,
  path: string,
  request: Sent = {},
  /** The secret that a form shows again to the guest who typed it, or carries because its link opened the form. */
  shownAgain?: string,
): Promise<Answered> {
  const answer = await send(stack(), method, path, { headers: { accept: 'text/html' }, ...request });
  const { 'set-cookie': _, location = '', ...headers } = answer.headers;
  const shown =
    (isWayBackById.test(String(location)) ? '' : String(location)) +
    JSON.stringify(headers) +
    (answer.status >= 400 ? answer.text : '');
  const leaked = leaks(shown, secrets).filter((name) => name !== shownAgain);
  expect(leaked, `${method} ${path} ${answer.status}`).toEqual([]);
  return answer;
}

async function expectNoTrace(): Promise<void> {
  await stack().settle();
  expect(leaks(JSON.stringify(stack().logs()), secrets), 'logs').toEqual([]);
  expect(leaks(JSON.stringify(stack().calls()), secrets), 'records of calls').toEqual([]);
  expect(leaks(JSON.stringify(stack().mails()), secrets), 'mails').toEqual([]);
  for (const [table, rows] of Object.entries(await stack().dumpTables())) {
    expect(leaks(JSON.stringify(rows), secrets), table).toEqual([]);
  }
}

test('C54: the search finds a secret in its usual spellings', () => {
  const { password: secret } = secrets as { password: string };
  for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
    expect(leaks(`… ${Buffer.from(`ab${secret}c`).toString(encoding)} …`, secrets)).toEqual(['password']);
  }
  expect(leaks(Buffer.from(secret, 'utf16le').toString('base64'), secrets)).toEqual(['password']);
  expect(leaks('nothing of it', secrets)).toEqual([]);
});

test('C54 R4.9: where they belong: registration, sign-in, pages, forms, good and refused', async () => {
  const token = sent['invite']!;
  const origin = { origin: stack().app };
  const json = { ...who, token, transport: 'token' };
  const browser = { [cookie.invite]: token };
  const mine = { [cookie.session]: sent['session']! };
  const login = who.username;

  await tell('POST', '/v1/invites/verify', { json: { token } });
  await tell('GET', `/invite/${token}`);
  await tell('GET', `/invite/${token}x`);
  await tell('GET', '/register', { cookies: browser });
  await tell('POST', '/v1/register', { json: { ...json, username: 'No Name' } });
  await tell('POST', '/v1/register', { json });
  await tell('POST', '/v1/register', { json: { ...json, token: `${token}x` } });
  await tell('POST', '/register', { form: { ...who, token, email: 'none' } }, 'invite');
  await tell('POST', '/register', { form: { ...who, token, ...somebody(), password } }, 'invite');
  await tell('POST', '/register', { form: { ...who, token, ...somebody(), password } }, 'invite');
  await tell('GET', `/invite/${token}`, {}, 'invite');
  await tell('GET', '/register', { cookies: browser }, 'invite');
  await tell('POST', '/v1/register', { json });

  const { code, passphrase } = sent as { code: string; passphrase: string };
  const { deviceKey } = await newDevice();
  const device = { code, passphrase, deviceKey: JSON.stringify(deviceKey) };
  // A chosen code wants a captcha each time.
  const captcha = () => solvedCaptcha(stack());
  await tell('POST', '/v1/invites/verify', { json: { code, captcha: await captcha() } });
  await tell('POST', '/v1/invites/verify', { json: { code: `${code}Z` } });
  await tell('POST', '/v1/register', {
    json: { ...device, deviceKey, captcha: await captcha(), transport: 'token' },
  });
  await tell('POST', '/v1/register', {
    json: { ...who, code, captcha: await captcha(), transport: 'token' },
  });
  await tell(
    'POST',
    '/register',
    { form: { ...device, captcha: await captcha(), passphrase: 'none' } },
    'code',
  );
  await tell('POST', '/register', { form: { ...device, captcha: await captcha() } });
  await tell('POST', '/v1/invites/renew', { json: { token } });
  await tell('POST', '/invite/renew', { form: { token } });

  await tell('POST', '/v1/sessions', { json: { login, password, transport: 'token' } });
  await tell('POST', '/v1/sessions', { json: { login, password }, headers: origin });
  await tell('POST', '/v1/sessions', { json: { login, password } });
  await tell('POST', '/v1/sessions', { json: { login: 'nobody', password, transport: 'token' } });
  await tell('POST', '/login', { form: { login, password } });
  await tell('POST', '/login', { form: { login: 'nobody', password } });
  for (const path of ['/', '/login', '/register']) await tell('GET', path, { cookies: mine });
  await tell('GET', '/v1/me', { token: sent['session'] });
  await tell('GET', '/v1/admin/invites', { token: sent['session'] });
  await tell('POST', '/v1/sessions/verify', { json: {}, cookies: mine, headers: origin });
  await expectNoTrace();
});

test('C54 R2.5: a mailed code, used well and badly, is in its own mail and nowhere else', async () => {
  const { email, username } = somebody('mailed');
  await register(stack(), await openInvite(stack(), admin), { email, username, password });
  const mails: string[] = [];
  const codes: string[] = [];
  for (const purpose of purposes) {
    // A new session each time, because a password reset ends all sessions.
    const { token } = (await signIn(stack(), email, password)).json.session;
    const { flow, code } = await mailedCode(stack(), purpose, email, { token });
    codes.push(code);
    mails.push(JSON.stringify(stack().mails(email).at(-1)));
    const answers = [
      await tell('GET', `/v1/${code}`),
      await tell('POST', '/v1/codes', { json: { purpose: code, email }, token }),
      await tell('POST', '/v1/sessions', { json: { login: email, password: code, transport: 'token' } }),
      await tell('POST', '/v1/email/verify', { json: { flow, code, email }, token }),
      await tell('POST', '/v1/email/verify', { json: { flow, code }, token }),
      await tell('PUT', '/v1/me/email', { json: { flow, code, email }, token }),
      await tell('POST', '/v1/password/reset', { json: { flow, code, email, password } }),
    ];
    for (const { text } of answers) expect(text).not.toContain(code);
  }
  await expectNoTrace();
  const others = stack()
    .mails()
    .filter((mail) => !mails.includes(JSON.stringify(mail)));
  const places = [stack().logs(), stack().calls(), others, await stack().dumpTables()];
  for (const code of codes) {
    // The code does stand in its mail, so the search can find it.
    expect(mails.join()).toContain(code);
    for (const place of places) expect(JSON.stringify(place)).not.toContain(code);
  }
});

test('C54 R1.2 R5.6: an API key in every operation on keys, good and refused', async () => {
  const key = sent['apiKey']!;
  const owner = await mailedGuest(stack(), admin);
  const { token } = owner.session;
  const path = '/v1/keys/claude';
  const baseUrl = await listenAt((_, response) => void response.writeHead(401).end());
  const answers = [
    await tell('PUT', path, { token, json: { key: `${key} x` } }),
    await tell('PUT', '/v1/keys/chatgpt', { token, json: { key } }),
    await tell('PUT', path, { token, json: { key, check: 'yes' } }),
    await tell('PUT', path, { token, json: { key } }),
  ];
  stack().deploy(servicesWith({ claude: { baseUrl } }));
  answers.push(await tell('PUT', path, { token, json: { key, check: true } }));
  stack().deploy(servicesWith({ claude: { baseUrl: 'http://127.0.0.1:1' } }));
  answers.push(await tell('PUT', path, { token, json: { key, check: true } }));
  stack().deploy({});
  for (const fault of [{ service: 'kms' }, { action: 'TransactWriteItems' }] as const) {
    stack().faults([{ ...fault, kind: 'error', function: 'key-put', times: 3 }]);
    answers.push(await tell('PUT', path, { token, json: { key } }));
  }
  stack().faults([]);
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 200, 422, 502, 503, 503]);
  for (const json of [{ active: false }, { active: true, renew: true }, { active: key }])
    answers.push(await tell('PATCH', path, { token, json }));
  for (const read of ['/v1/keys', `${path}/uses`, '/v1/me/export'])
    answers.push(await tell('GET', read, { token }));
  stack().clock.offsetSeconds = 28 * daySeconds;
  await stack().settle();
  expect(stack().mails(owner.user.email!).at(-1)!.subject).toContain('Claude');
  answers.push(await tell('DELETE', path, { token }));
  for (const { text } of answers) expect(leaks(text, secrets)).toEqual([]);
  await tell('PUT', path, { token, json: { key } });
  await expectNoTrace();
});

test('C54 C58: an API key and a token for the relay in every way that a provider can answer', async () => {
  const owner = await mailedGuest(stack(), admin);
  const key = sent['apiKey']!;
  expect((await tell('PUT', '/v1/keys/claude', { token: owner.session.token, json: { key } })).status).toBe(
    200,
  );
  const token = await relayToken(stack(), owner);
  secrets['relayToken'] = token;
  const location = stack().inbox;
  const ways: readonly BehaviourRequest[] = [
    { kind: 'cut' },
    { kind: 'refuse' },
    { kind: 'garbage' },
    { kind: 'error', status: 401 },
    { kind: 'echo-key' },
    { kind: 'echo-key', status: 500 },
    { kind: 'redirect', location },
  ];
  const texts: string[] = [];
  for (const way of [undefined, ...ways]) {
    stack().provider.behave(way ? [way] : []);
    for (const stream of [true, false]) {
      const answer = ask(stack(), token, { json: { ...question, stream } });
      texts.push(await answer.then(({ text, headers }) => text + JSON.stringify(headers), String));
    }
  }
  for (const wrong of [`${token}x`, key, owner.session.token]) texts.push((await ask(stack(), wrong)).text);
  expect(texts.join()).toContain('stand-in for Claude');
  for (const text of texts) expect(leaks(text, secrets)).toEqual([]);
  await expectNoTrace();
});

test.each([
  { service: 'dynamodb', kind: 'error' } as const,
  { service: 'kms', kind: 'error' } as const,
  { action: 'TransactWriteItems', kind: 'lost' } as const,
])('C54 R4.9: while AWS fails by %j', async (fault) => {
  const token = await openInvite(stack(), admin);
  secrets['secondInvite'] = token.split('.')[1]!;
  // Another link for the pages: the one above may be used by then, and the page of a used link has the link in its form.
  const opened = await openInvite(stack(), admin);
  secrets['thirdInvite'] = opened.split('.')[1]!;
  const login = who.username;
  stack().faults([{ ...fault, times: 999 }]);
  const answers = await Promise.all([
    tell('POST', '/v1/register', { json: { ...who, ...somebody(), password, token, transport: 'token' } }),
    tell('POST', '/v1/sessions', { json: { login, password, transport: 'token' } }),
    tell('POST', '/login', { form: { login, password } }),
    tell('GET', `/invite/${opened}`),
    tell('GET', '/', { cookies: { [cookie.session]: sent['session']! } }),
  ]);
  expect(answers.map(({ status }) => status)).toContain(503);
  stack().faults([]);
  await expectNoTrace();
});

/** Signing out comes last: it ends the session that is one of the canaries. */
const operations = findOperations()
  .filter(isOperation)
  .toSorted((a, b) => Number(a.id === 'session-delete') - Number(b.id === 'session-delete'));

describe('C54: what does not belong where it is sent', () => {
  const names = ['password', 'session', 'invite', 'code', 'apiKey'];

  /** Each place meets one of the secrets, and in the next operation another. */
  test.each(operations.map((entry, turn) => ({ id: entry.id, entry, turn })))(
    'comes back from $id in no error',
    async ({ entry, turn }) => {
      const callers = [{}, { token: admin.session.token }];
      const each = names.map((name) => misplaced(entry, sent[name]!, callers));
      const requests = each[0]!.map((_, place) => each[(place + turn) % names.length]![place]!);
      // In sequence: in parallel they would need several instances of each function, which cost more than all else.
      // The page of a link that is over has the link in the form that asks for a new one.
      const shown = ['page-invite', 'page-register'].includes(entry.id) ? 'invite' : undefined;
      for (const request of requests) await tell(...request, shown);
    },
  );

  test('leaves no trace', expectNoTrace);
});
