import { expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { readMe, signIn, unprovenUser } from '../harness/people/accounts.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { ask, relayToken, storeKey } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

/** Every second write meets a transaction that is writing the same row. */
const conflicts = Array.from({ length: 500 }, (_, n) => ({ kind: 'conflict' as const, nth: 2 * n + 1 }));

test('C63: whatever is asked, writes that conflict are tried again and never answered by 500', async () => {
  stack().faults(conflicts);
  const found: string[] = [];
  for (const { id, declaration } of findOperations().filter(isOperation)) {
    // These would delete the account or end the session that the other requests use.
    if (['me-delete', 'session-delete'].includes(id)) continue;
    const { status } = await sendEvent(stack(), id, { token: admin.session.token });
    if (status === 500 || status === 503) found.push(`${id}: ${declaration.method} ${status}`);
  }
  expect(found).toEqual([]);
  expect(
    stack()
      .calls()
      .filter(({ fault }) => fault === 'conflict').length,
  ).toBeGreaterThan(10);
});

test('C63: what is written beside the work itself conflicts without harm: trail, tries, repeats, uses of keys', async () => {
  const guest = await unprovenUser(stack(), admin);
  const holder = await mailedGuest(stack(), admin);
  await storeKey(stack(), holder, 'claude');
  const apiToken = await relayToken(stack(), holder);
  const { token } = guest.session;
  const typed = await mailedCode(stack(), 'email-verify', guest.email, { token });
  stack().faults(conflicts);

  expect((await signIn(stack(), guest.who.username, 'a wrong password')).status).toBe(401);
  expect((await send(stack(), 'POST', '/v1/email/verify', { token, json: typed })).status).toBe(200);
  expect((await readMe(stack(), guest)).emailVerified).toBe(true);
  const once = { token: admin.session.token, headers: { 'idempotency-key': 'conflicting' }, json: {} };
  for (let time = 0; time < 2; time += 1)
    expect((await send(stack(), 'POST', '/v1/admin/invites', once)).status).toBe(201);
  expect((await ask(stack(), apiToken)).status).toBe(200);
});
