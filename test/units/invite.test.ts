import { describe, expect, test } from 'vitest';
import { day } from '#shared/clock.ts';
import {
  grantsMore,
  mayGrant,
  openRegistration,
  provesMailbox,
  type Invite,
} from '#shared/invites/invite.ts';
import { newInvite } from '#shared/inviting/new-invite.ts';
import { codeDetails, codeTitles, saidOf } from '#shared/invites/invite-texts.ts';
import type { User } from '#shared/users/user.ts';

const made = 1_700_000_000_000;
const invite = (changes: Partial<Invite> = {}): Invite => ({
  ...openRegistration,
  id: 'invite',
  kind: 'email',
  email: 'guest@example.com',
  maxUses: 1,
  createdAt: made,
  ...changes,
});
const issuer = (changes: Partial<User> = {}): User => ({
  id: 'issuer',
  inviteId: 'first',
  username: 'issuer',
  firstName: '',
  lastName: '',
  email: 'issuer@example.com',
  emailVerified: true,
  role: 'admin',
  status: 'active',
  epoch: 0,
  locale: 'en',
  createdAt: made,
  ...changes,
});

describe('C91: what an invite grants', () => {
  const more = [
    invite({ role: 'admin' }),
    invite({ maxUses: 2 }),
    invite({ kind: 'account' }),
    invite({ kind: 'domain', email: '*@example.com' }),
    invite({ kind: 'device' }),
    invite({ kind: 'device-only' }),
  ];

  test('is the membership of one address, or more than that', () => {
    expect(grantsMore(invite())).toBe(false);
    expect(more.map(grantsMore)).toEqual(more.map(() => true));
  });

  test('is granted by whoever is an administrator, and was ever since it was made', () => {
    const asked = [invite(), ...more];
    const mayAll = (one: User) => new Set(asked.map((each) => mayGrant(one, each)));
    expect(mayAll(issuer())).toEqual(new Set([true]));
    expect(mayAll(issuer({ grantsFrom: made - 1 })), 'promoted again before').toEqual(new Set([true]));
    expect(mayAll(issuer({ status: 'disabled' }))).toEqual(new Set([false]));
  });

  test.each([
    ['a member', { role: 'general' }],
    ['an administrator who was shut out since then', { grantsFrom: made + 1 }],
    ['an administrator whose mailbox is not proven', { emailVerified: false }],
  ] satisfies [string, Partial<User>][])('is granted by %s where it is that membership alone', (_, who) => {
    expect(mayGrant(issuer(who), invite())).toBe(true);
    expect(more.map((one) => mayGrant(issuer(who), one))).toEqual(more.map(() => false));
  });
});

test('C68: a link proves the mailbox that it was mailed to, and no other', () => {
  expect(provesMailbox(invite(), 'mail', 'guest@example.com')).toBe(true);
  expect(provesMailbox(invite(), 'shown', 'guest@example.com')).toBe(false);
  expect(provesMailbox(invite({ kind: 'account' }), 'mail', 'other@example.com')).toBe(false);
});

test('R2.10: a refusal of a code speaks of the code; one of a link, and any other error, says what it says everywhere', () => {
  const said = { title: codeTitles.invite_used, explain: codeDetails.invite_used };
  expect(saidOf({ code: 'ABCDE' }, 'invite_used')).toEqual(said);
  expect(saidOf({ token: 'token' }, 'invite_used')).toEqual({});
  expect(saidOf({ code: 'ABCDE' }, 'email_mismatch')).toStrictEqual({});
});

test('R0.1: an invite has what it was given, and what is empty is none', () => {
  const given = {
    id: 'invite',
    email: 'guest@example.com',
    note: 'note',
    label: 'label',
    message: 'message',
    app: 'app',
    locale: 'ja',
  } as const;
  const wish = { maxUses: 1, role: 'general', issuer: issuer(), settings: { inviteDays: 7 } } as const;
  const common = {
    state: 'active',
    role: 'general',
    maxUses: 1,
    uses: 0,
    generation: 0,
    issuerId: 'issuer',
    issuerName: 'issuer',
    createdAt: made,
    expiresAt: made + 7 * day,
    days: 7,
  };
  expect(newInvite({ ...wish, ...given, mailed: true, ownCode: true }, made)).toStrictEqual({
    ...common,
    ...given,
    kind: 'email',
    delivery: 'pending',
    ownCode: true,
  });
  const empty = { note: '', label: '', message: '', app: '', mailed: false, ownCode: false };
  expect(newInvite({ ...wish, id: 'invite', ...empty }, made)).toStrictEqual({
    ...common,
    id: 'invite',
    kind: 'account',
  });
});
