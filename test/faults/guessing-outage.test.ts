import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { newDevice } from '../harness/people/devices.ts';
import { guess, verdictOf, verifyCode } from '../harness/people/guesses.ts';
import { attempt, newAddress } from '../harness/people/guests.ts';
import { invite, openInvite } from '../harness/people/people.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
const hour = 3_600;
let code: string;
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { maxUses: 1_000, expiresInDays: null });
  code = row!.code!;
});

describe('C63: while AWS fails', () => {
  const byCode = async (from: string) => attempt(stack(), { code }, { from });
  const faults: Omit<FaultRequest, 'nth' | 'function'>[] = [{ kind: 'error' }, { kind: 'lost' }];

  test.each(faults)(
    '201: each call of a registration by code, once ($kind): nobody notices',
    async (fault) => {
      enterWindow(stack(), hour);
      const from = newAddress();
      stack().clearCalls();
      expect((await byCode(from)).status).toBe(201);
      const calls = callsOf(stack(), 'registration-create').length;
      expect(calls).toBeGreaterThan(8);
      for (let nth = 1; nth <= calls; nth += 1) {
        stack().faults([{ ...fault, function: 'registration-create', nth }]);
        const { status, text } = await byCode(newAddress());
        expect({ nth, status }, text).toEqual({ nth, status: 201 });
      }
    },
  );

  test.each(faults)('201: the same for a pass phrase ($kind)', async (fault) => {
    const passphrase = 'open sesame';
    const account = { email: undefined, username: undefined, password: undefined };
    const enter = async () => {
      const token = await openInvite(stack(), admin, { kind: 'device-only', passphrase });
      const { deviceKey } = await newDevice();
      stack().clearCalls();
      return attempt(stack(), { ...account, token, passphrase, deviceKey });
    };
    expect((await enter()).status).toBe(201);
    const calls = callsOf(stack(), 'registration-create').length;
    expect(calls).toBeGreaterThan(6);
    for (let nth = 1; nth <= calls; nth += 1) {
      stack().faults([{ ...fault, function: 'registration-create', nth }]);
      const { status, text } = await enter();
      expect({ nth, status }, text).toEqual({ nth, status: 201 });
    }
  });

  test.each(['error', 'throttle', 'lost'] as const)(
    '503 C27: no code is looked at uncounted while the counters answer with "%s"',
    async (kind) => {
      stack().faults([{ kind, table: 'counters', times: 99 }]);
      stack().clearCalls();
      expect(verdictOf(await verifyCode(stack(), code, newAddress()))).toBe(503);
      const asked = callsOf(stack(), 'invite-verify').flatMap(({ resources }) => resources);
      expect(new Set(asked)).toEqual(new Set(['table/counters']));
    },
  );

  test('503: what could not be looked up was no wrong guess', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 4);
    stack().faults([{ kind: 'error', service: 'kms', times: 99 }]);
    for (let n = 0; n < 3; n += 1) expect(verdictOf(await verifyCode(stack(), code, from))).toBe(503);
    stack().faults([]);
    expect(verdictOf(await verifyCode(stack(), code, from))).toBe(true);
  });
});
