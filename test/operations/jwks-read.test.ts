import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { firstAdmin } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('plain', { fresh: true });

test('200: no keys before the first token, then public members alone', async () => {
  expect(await sendEvent(stack(), 'jwks-read')).toMatchObject({ status: 200, json: { keys: [] } });
  const { session } = await firstAdmin(stack());
  await send(stack(), 'POST', '/v1/tokens', { json: { audience: 'relay' }, token: session.token });
  const { json } = await send<{ keys: object[] }>(stack(), 'GET', '/.well-known/jwks.json');
  expect(json.keys).toHaveLength(1);
  expect(Object.keys(json.keys[0]!).toSorted().join(' ')).toBe('alg e kid kty n use');
});
