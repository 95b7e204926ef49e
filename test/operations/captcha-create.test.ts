import type { Challenge } from 'altcha-lib';
import { expect, test } from 'vitest';
import { challenge, solutionOf } from '../harness/people/captchas.ts';
import { callNames } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const stack = useStack('limited');
const hex = (bytes: number) => expect.stringMatching(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)) as string;

test('200 R2.7: a challenge as ALTCHA has them, good for ten minutes, that its own solver solves', async () => {
  const { status, headers, json } = await sendEvent<Challenge>(stack(), 'captcha-create');
  expect({ status, cache: headers['cache-control'] }).toEqual({ status: 200, cache: 'no-store' });
  expect(json).toEqual({
    parameters: {
      algorithm: 'PBKDF2/SHA-256',
      cost: 2_000,
      expiresAt: expect.any(Number) as number,
      keyLength: 32,
      keyPrefix: hex(16),
      nonce: hex(16),
      salt: hex(16),
    },
    signature: hex(32),
  });
  const seconds = json.parameters.expiresAt! - stack().clock.now() / 1000;
  expect(seconds).toBeGreaterThan(590);
  expect(seconds).toBeLessThanOrEqual(601);
  const { derivedKey } = await solutionOf(json);
  expect(derivedKey.startsWith(json.parameters.keyPrefix)).toBe(true);
});

test('200: each is another, and none is stored', async () => {
  const { counters: _, ...before } = await stack().dumpTables();
  const made = [await challenge(stack()), await challenge(stack())];
  expect(new Set(made.map(({ parameters }) => parameters.nonce)).size).toBe(2);
  const { counters = [], ...after } = await stack().dumpTables();
  expect(after).toEqual(before);
  const stored = JSON.stringify(counters);
  expect(stored).not.toContain('captcha#');
  for (const { parameters, signature } of made)
    for (const own of [parameters.nonce, signature]) expect(stored).not.toContain(own);
});

test('200: the key service is asked once a day, and another day has another secret', async () => {
  enterWindow(stack(), daySeconds);
  // Another test may have asked on that day.
  stack().restart('captcha-create');
  stack().clearCalls();
  for (let n = 0; n < 5; n += 1) await challenge(stack());
  const asked = () => callNames(stack(), 'captcha-create').filter((name) => name.startsWith('kms'));
  expect(asked()).toHaveLength(1);
  stack().clock.offsetSeconds += daySeconds;
  for (let n = 0; n < 5; n += 1) await challenge(stack());
  expect(asked()).toHaveLength(2);
});

test('503 C53: no challenge is made with a secret that could not be had', async () => {
  enterWindow(stack(), 30 * daySeconds);
  stack().faults([{ kind: 'error', service: 'kms', times: 99 }]);
  expect(await send(stack(), 'GET', '/v1/captcha')).toMatchObject({ status: 503 });
  stack().faults([]);
  expect(await send(stack(), 'GET', '/v1/captcha')).toMatchObject({ status: 200 });
});

test('429: thirty a minute and address', async () => {
  enterWindow(stack());
  const ask = () => send(stack(), 'GET', '/v1/captcha', { from: '127.0.0.7' });
  for (let n = 0; n < 30; n += 1) expect((await ask()).status).toBe(200);
  expect(await ask()).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
});
