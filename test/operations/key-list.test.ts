import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import {
  changeKey,
  chatgptKey,
  claudeKey,
  deleteKey,
  keysOf,
  putKey,
  type ShownKey,
} from '../harness/relay/keys.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
const guest = () => mailedGuest(stack(), admin);

interface List {
  items: ShownKey[];
  nextCursor: null;
  services: { service: string; title: string; checkable: boolean }[];
}

test('200 R1.2: lists my keys by their last characters, and the services that there are', async () => {
  const who = await guest();
  const keys = { claude: claudeKey(), chatgpt: chatgptKey() };
  const stored = [
    (await putKey(stack(), who, { key: keys.chatgpt }, 'chatgpt')).json,
    (await putKey(stack(), who, { key: keys.claude })).json,
  ];
  const { status, json, text } = await sendEvent<List>(stack(), 'key-list', { token: who.session.token });
  expect(status).toBe(200);
  expect(json).toEqual({
    items: stored,
    nextCursor: null,
    services: [
      { service: 'claude', title: 'Claude', checkable: true },
      { service: 'chatgpt', title: 'ChatGPT', checkable: true },
    ],
  });
  expect(text).not.toMatch(/(ciphertext|remind\w*|ttl)":|sk-/);
});

test('200: nobody sees keys of somebody else, not even an administrator', async () => {
  await putKey(stack(), await guest());
  expect(await keysOf(stack(), await guest())).toEqual([]);
});

test('200 R1.2 R1.4: a key is active, or off, or expired, for 90 days more', async () => {
  const who = await guest();
  await putKey(stack(), who);
  await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
  await changeKey(stack(), who, { active: false }, 'chatgpt');
  const states = async () => (await keysOf(stack(), who)).map(({ state }) => state);
  expect(await states()).toEqual(['inactive', 'active']);
  stack().clock.offsetSeconds = 30 * daySeconds - 60;
  expect(await states()).toEqual(['inactive', 'active']);
  stack().clock.offsetSeconds = 30 * daySeconds + 60;
  expect(await states()).toEqual(['inactive', 'expired']);
  stack().clock.offsetSeconds = 120 * daySeconds - 60;
  expect(await states()).toEqual(['inactive', 'expired']);
  stack().clock.offsetSeconds = 120 * daySeconds + 60;
  expect(await states()).toEqual([]);
});

test('200: a service that is gone keeps its keys, which can be deleted', async () => {
  const who = await guest();
  await putKey(stack(), who);
  stack().deploy(servicesWith({ claude: null, own: { baseUrl: 'https://own.example.com', check: null } }));
  const { json } = await send<List>(stack(), 'GET', '/v1/keys', { token: who.session.token });
  expect(json.items).toMatchObject([{ service: 'claude', title: 'claude' }]);
  expect(json.services).toEqual([
    { service: 'chatgpt', title: 'ChatGPT', checkable: true },
    { service: 'own', title: 'own', checkable: false },
  ]);
  expect((await changeKey(stack(), who, { renew: true })).json.code).toBe('not_found');
  expect((await deleteKey(stack(), who)).status).toBe(204);
  expect(await keysOf(stack(), who)).toEqual([]);
});

test('401, 503: nobody; and a store that is down', async () => {
  expect((await send(stack(), 'GET', '/v1/keys')).status).toBe(401);
  const { token } = (await guest()).session;
  stack().faults([{ kind: 'error', function: 'key-list', action: 'Query', times: 3 }]);
  expect((await send(stack(), 'GET', '/v1/keys', { token })).status).toBe(503);
});
