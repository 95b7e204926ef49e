import { expect, test } from 'vitest';
import { linkState, shownInvite } from '../harness/invites/invites.ts';
import { invite, tokenOf } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
const ask = (payload: object) => stack().invoke('deployment-probe', payload);

test('200 R8.5: tells that there is an administrator, and the time', async () => {
  expect(await ask(readEvent('deployment-probe'))).toEqual({
    hasAdmin: true,
    at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
  });
});

test('200 R8.5: an invite goes through outbox, mailer, SES and its report, and leaves nothing that lets in', async () => {
  const { invite: id } = (await ask({ do: 'invite' })) as { invite: string };
  await stack().settle();
  expect(await ask({ do: 'follow', invite: id })).toEqual({ delivery: 'delivered' });
  expect(await ask({ do: 'follow', invite: id })).toEqual({ delivery: 'delivered' });
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ status: 'revoked', label: 'doctor' });
});

test('200 R8.5: one that did not arrive in time is taken back, and no other invite is ever touched', async () => {
  const { invite: id } = (await ask({ do: 'invite' })) as { invite: string };
  expect(await ask({ do: 'follow', invite: id, end: true })).toHaveProperty('delivery');
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ status: 'revoked' });
  const [other] = await invite(stack(), admin, { count: 1 });
  expect(await ask({ do: 'follow', invite: other!.id, end: true })).toEqual({ refused: 'not_found' });
  expect(await linkState(stack(), tokenOf(other!.url))).toBe('active');
});
