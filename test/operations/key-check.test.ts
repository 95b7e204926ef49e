import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { send } from '../harness/http/http.ts';
import { pagesOf, type ShownEntry } from '../harness/people/managing.ts';
import { mailedGuest, openInvite, register, type SignedIn } from '../harness/people/people.ts';
import { changeKey, chatgptKey, claudeKey, keysOf, putKey } from '../harness/relay/keys.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
type Answer = { service: string; accepted: boolean } & Problem;

const check = ({ session: { token } }: SignedIn, service = 'claude') =>
  send<Answer>(stack(), 'POST', `/v1/keys/${service}/check`, { token });

/** Starts a provider that answers each key with one status. Returns the keys that it receives. */
async function provider(status: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  const baseUrl = await listenAt(({ headers }, response) => {
    seen.push(headers['x-api-key']);
    response.writeHead(status).end('{}');
  });
  stack().deploy(servicesWith({ claude: { baseUrl } }));
  return seen;
}

test('200: whether the provider still takes my key; it stands among the uses of the key', async () => {
  const who = await mailedGuest(stack(), admin);
  const key = claudeKey();
  await putKey(stack(), who, { key });
  const seen = await provider(200);
  const { token } = who.session;
  const { status, json } = await sendEvent<Answer>(stack(), 'key-check', { token });
  expect({ status, json }).toEqual({ status: 200, json: { service: 'claude', accepted: true } });
  expect(seen).toEqual([key]);
  const [uses] = await pagesOf<{ call: string }>(stack(), who, '/v1/keys/claude/uses');
  expect(uses).toMatchObject([{ call: 'GET /v1/models' }]);
  expect((await keysOf(stack(), who))[0]!.lastUsedAt).not.toBeNull();
  const [entries] = await pagesOf<ShownEntry>(stack(), admin, '/v1/admin/audit', { action: 'key.check' });
  expect(entries).toMatchObject([{ actorId: who.user.id, service: 'claude' }]);
  const places = [JSON.stringify(json), JSON.stringify(stack().logs()), JSON.stringify(stack().calls())];
  expect(leaks(places.join(), { key })).toEqual([]);
});

test.each([401, 403])('200: a key that the provider answers %i is refused, and stays', async (code) => {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who);
  await provider(code);
  expect((await check(who)).json).toEqual({ service: 'claude', accepted: false });
  expect(await keysOf(stack(), who)).toMatchObject([{ state: 'active' }]);
});

test.each([401, 403])(
  '200: a restricted key, of which OpenAI answers %i that it lacks a scope, is taken',
  async (code) => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
    const message = `You have insufficient permissions for this operation. Missing scopes: api.model.read. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a restricted API key, that it has the necessary scopes.`;
    const unknown = 'Incorrect API key provided: sk-proj-****abcd.';
    for (const [error, accepted] of [
      [{ message, type: 'invalid_request_error', param: null, code: null }, true],
      [message, true],
      [{ message: unknown, type: 'invalid_request_error', param: null, code: 'invalid_api_key' }, false],
      ['x'.repeat(100_000) + message, false],
    ] as const) {
      const baseUrl = await listenAt((_request, response) => {
        response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      });
      stack().deploy(servicesWith({ chatgpt: { baseUrl } }));
      expect((await check(who, 'chatgpt')).json).toEqual({ service: 'chatgpt', accepted });
    }
  },
);

test('502: a provider that does not serve the place has said nothing about the key', async () => {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
  const error = {
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
    param: null,
    type: 'request_forbidden',
  };
  const baseUrl = await listenAt((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
  stack().deploy(servicesWith({ chatgpt: { baseUrl } }));
  const answer = await check(who, 'chatgpt');
  expect(answer).toMatchObject({ status: 502, json: { code: 'provider_unreachable' } });
});

test.each([429, 500])('502: a provider that answers %i has said nothing about the key', async (code) => {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who);
  await provider(code);
  expect(await check(who)).toMatchObject({ status: 502, json: { code: 'provider_unreachable' } });
});

test('422 R1.4: without a key, or with one that is off, has expired or is gone, the provider is not asked', async () => {
  const who = await mailedGuest(stack(), admin);
  const seen = await provider(200);
  expect(await check(who)).toMatchObject({ status: 422, json: { code: 'key_missing' } });
  await putKey(stack(), who);
  await changeKey(stack(), who, { active: false });
  expect(await check(who)).toMatchObject({ status: 422, json: { code: 'key_inactive' } });
  await changeKey(stack(), who, { active: true });
  stack().clock.offsetSeconds = 31 * daySeconds;
  expect(await check(who)).toMatchObject({ status: 422, json: { code: 'key_expired' } });
  stack().clock.offsetSeconds = 121 * daySeconds;
  expect(await check(who)).toMatchObject({ status: 422, json: { code: 'key_missing' } });
  expect(await check(who, 'constructor')).toMatchObject({ status: 404, json: { code: 'not_found' } });
  expect(seen).toEqual([]);
});

test('422: a service that offers no way to ask', async () => {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who);
  stack().deploy(servicesWith({ claude: { check: null } }));
  const { status, json } = await check(who);
  expect({ status, path: json.errors?.[0]?.path }).toEqual({ status: 422, path: 'service' });
});

test('401 403: only the owner, whose mailbox is proven', async () => {
  expect((await send<Problem>(stack(), 'POST', '/v1/keys/claude/check')).status).toBe(401);
  const unproven = await register(stack(), await openInvite(stack(), admin));
  expect((await check(unproven)).json.code).toBe('not_verified');
});
