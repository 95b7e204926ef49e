import { expect, test } from 'vitest';
import { normalizeEmail } from '#shared/email.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import { accountGuest } from '#shared/registration/account-guest.ts';

const now = 1_700_000_000_000;
const user = { id: 'first', inviteId: 'invite', status: 'active', createdAt: now };
const account = {
  email: normalizeEmail('guest@example.com'),
  username: 'guest',
  password: 'correct horse battery',
  firstName: '',
  lastName: '',
  visitorLocale: 'en' as const,
  thumbprint: undefined,
  caller: { request: { id: 'request', address: '192.0.2.1' }, captcha: undefined },
  devices: [],
};

type Tools = Parameters<typeof accountGuest>[1];

/**
 * A guest for whom the reads of an address's and a name's owners return `reads` in turn.
 * @param hasUsed whether the address has used the invite.
 */
function guestWho(reads: object[], hasUsed: boolean) {
  const tools = {
    clock: { now: () => now },
    redemption: {
      claims: () => Promise.resolve(reads.shift()),
      isUsedBy: () => Promise.resolve(hasUsed),
    },
    accounts: { find: () => Promise.resolve({ user, credentials: {} }) },
    passwords: { matches: () => Promise.resolve(true) },

    admission: { count: () => Promise.resolve(), look: () => Promise.resolve() },
    lockout: { take: () => Promise.resolve(undefined), passed: () => Promise.resolve() },
  } as unknown as Tools;
  return accountGuest(
    account,
    tools,
    { appName: 'Latchkey', passwordMinLength: 8, rates: 'off' } as never,
    (code) => {
      throw new Error(code);
    },
  );
}

const mine = { userId: user.id };
const invite: Invite = { ...openRegistration, id: 'invite', state: 'used', uses: 1 };

test('C3: a registration that was written between the reads of its address and its name is known by both', async () => {
  const guest = guestWho([{ username: mine }, { email: mine, username: mine }], true);
  expect((await guest.known(invite, now))?.user).toBe(user);
});

test('C104: whose account it is that holds an address is not looked up for who brings another invite', async () => {
  const guest = guestWho([{ email: mine, username: mine }], false);
  expect(await guest.known(invite, now)).toBeUndefined();
});

test('C20: a name that somebody else has is taken, though the address is free', async () => {
  const guest = guestWho([{ username: { userId: 'other' } }], false);
  expect(await guest.known(invite, now)).toBeUndefined();
  const entry = guest.enter({ invite, status: 'active', channel: 'shown' }, now);
  await expect(entry).rejects.toThrow('username_taken');
});
