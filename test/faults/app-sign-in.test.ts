import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { codeFor, exchange, refresh, signInToPortal, userinfo } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
const id = 'oauth-token';
let guest: SignedIn;
beforeAll(async () => {
  guest = await mailedGuest(stack(), admin);
  // A user's first sign-in to an app also writes a note for the statistics, so it must be over.
  await signInToPortal(stack(), guest);
});

const isSignedIn = async () =>
  (await send(stack(), 'GET', '/v1/me', { token: guest.session.token })).status === 200;

const faults: [string, Omit<FaultRequest, 'function'>][] = [
  ['fails once', { kind: 'error' }],
  ['fails as often as it is tried', { kind: 'error', times: 3 }],
  ['loses its answer once', { kind: 'lost' }],
  ['loses its answer as often as it is tried', { kind: 'lost', times: 3 }],
  ['is throttled', { kind: 'throttle' }],
];

/** The SDK tries a call three times, so the caller notices only three faults in a row. */
const answered = ({ times = 1 }: Pick<FaultRequest, 'times'>): number => (times < 3 ? 200 : 503);

test('200: an exchange and a refresh without faults make these AWS calls, each of which fails below', async () => {
  const asked = await codeFor(stack(), guest);
  stack().clearCalls();
  const { json } = await exchange(stack(), asked);
  const names = () => callsOf(stack(), id).map(({ action }) => action);
  expect(names()).toEqual(['GetItem', 'BatchGetItem', 'GenerateMac', 'TransactWriteItems']);
  stack().clearCalls();
  await refresh(stack(), json.refresh_token!);
  expect(names()).toEqual(['GetItem', 'BatchGetItem', 'GenerateMac', 'TransactWriteItems']);
});

describe.each([1, 2, 3, 4])('call %i of an exchange', (nth) => {
  test.each(faults)('%s: signed in, or by the next code without a second sign-in', async (_, fault) => {
    const asked = await codeFor(stack(), guest);
    stack().faults([{ function: id, nth, ...fault }]);
    const first = await exchange(stack(), asked);
    stack().faults([]);
    expect(first.status).toBe(answered(fault));
    const whole = first.status === 200 ? first.json : await signInToPortal(stack(), guest);
    expect((await userinfo(stack(), whole.access_token)).status).toBe(200);
    expect((await refresh(stack(), whole.refresh_token!)).status).toBe(200);
    expect(await isSignedIn()).toBe(true);
  });
});

describe.each([1, 2, 3, 4])('call %i of a refresh', (nth) => {
  test.each(faults)('%s: the same token once more goes on', async (_, fault) => {
    const { refresh_token: token } = await signInToPortal(stack(), guest);
    stack().faults([{ function: id, nth, ...fault }]);
    const first = await refresh(stack(), token!);
    stack().faults([]);
    expect(first.status).toBe(answered(fault));
    const again = await refresh(stack(), token!);
    expect(again.status).toBe(200);
    if (first.status === 200) expect(again.json.refresh_token).toBe(first.json.refresh_token);
    expect((await refresh(stack(), again.json.refresh_token!)).status).toBe(200);
    expect(await isSignedIn()).toBe(true);
  });
});

test.each(['error', 'lost', 'throttle', 'conflict'] as const)(
  'R6.1: a note for the statistics that meets %s fails nobody’s first sign-in, and is made at the next',
  async (kind) => {
    const newcomer = await mailedGuest(stack(), admin);
    stack().faults([{ function: id, action: 'UpdateItem', kind, times: 99 }]);
    const tokens = await signInToPortal(stack(), newcomer);
    stack().faults([]);
    expect((await userinfo(stack(), tokens.access_token)).status).toBe(200);
    const notesOfNext = async () => {
      stack().clearCalls();
      await signInToPortal(stack(), newcomer);
      return callsOf(stack(), id).filter(({ action }) => action === 'UpdateItem').length;
    };
    expect(await notesOfNext()).toBe(2);
    expect(await notesOfNext()).toBe(0);
  },
);

test('R6.1: where no key to sign with can be had, a code is not used up, and does later', async () => {
  const newcomer = await mailedGuest(stack(), admin);
  const asked = await codeFor(stack(), newcomer);
  // No key of the new algorithm exists yet.
  stack().deploy({ tokenSigning: 'ES256' });
  stack().faults([{ function: id, table: 'signers', kind: 'error', times: 99 }]);
  expect((await exchange(stack(), asked)).status).toBe(503);
  stack().faults([]);
  expect((await exchange(stack(), asked)).status).toBe(200);
});

test('R6.5: where no key to sign with can be had for a while, a refresh token is not replaced, and ends nothing when it comes again', async () => {
  const { refresh_token: token } = await signInToPortal(stack(), guest);
  stack().deploy({ tokenSigning: 'ES256' });
  // An instance that has signed before keeps its key in memory.
  stack().restart(id);
  stack().faults([{ function: id, table: 'signers', kind: 'error', times: 99 }]);
  expect((await refresh(stack(), token!)).status).toBe(503);
  // After the time in which a replaced token is answered as if it came for the first time.
  stack().clock.offsetSeconds += 61;
  stack().faults([]);
  expect((await refresh(stack(), token!)).status).toBe(200);
});
