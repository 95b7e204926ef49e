import { describe, expect, test } from 'vitest';
import type { Config } from '#shared/deployment/config.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import { redeemedBy } from '#shared/invites/list-redemptions.ts';
import { askedOf, inviteUseWrites, type InviteUse } from '#shared/invites/redemption-writes.ts';
import type { User } from '#shared/users/user.ts';

const now = 1_700_000_000_000;
const config = { table: (name: string) => name } as unknown as Config;
const email = 'guest@example.com';
const invite: Invite = {
  ...openRegistration,
  id: 'invite',
  kind: 'email',
  email,
  maxUses: 1,
  issuerId: 'issuer',
};
const user = { id: 'guest', username: 'guest' };
const moved = { id: 'mover', device: 'old' } as User;
const writesOf = (changes: Partial<Invite> = {}, use: Partial<InviteUse> = {}) => {
  const writes = inviteUseWrites(
    config,
    { invite: { ...invite, ...changes }, user, person: email, ...use },
    now,
  );
  return Object.fromEntries(Object.entries(writes).filter(([, write]) => write));
};
const namesOf = (...of: Parameters<typeof writesOf>) => Object.keys(writesOf(...of));
const [counted, asked] = [['invite', 'redemption'], ['issuer']];

describe('R0.7 R2.1: what a use of an invite writes', () => {
  test('is nothing where registration is open', () => {
    expect(namesOf(openRegistration)).toEqual([]);
  });

  test('frees the address with the last use, and not before', () => {
    expect(namesOf()).toEqual([...counted, 'openInvite', ...asked]);
    expect(namesOf({ maxUses: 3, uses: 2 })).toEqual([...counted, 'openInvite', ...asked]);
    expect(namesOf({ maxUses: 3, uses: 1 })).toEqual([...counted, ...asked]);
  });

  test('says of the last use that it is that, and of the others that they may be no more than there are', () => {
    const countOf = (uses: number) => writesOf({ maxUses: 3, uses })['invite']!.Update!;
    const [other, last] = [countOf(1), countOf(2)];
    expect(last.UpdateExpression).toContain('#state = :new_state');
    expect(last.ExpressionAttributeValues).toMatchObject({ ':new_state': 'used' });
    expect(other.UpdateExpression).not.toContain('#state');
    expect(other.ConditionExpression).toContain('uses < :last');
    expect(other.ExpressionAttributeValues).toMatchObject({ ':last': 2 });
    expect(other.UpdateExpression).not.toContain('#ttl');
    // The invite has no end of its own, and gets one with its last use.
    expect(last.UpdateExpression).toContain(', #ttl = :new_ttl');
  });

  test('R3.4: keeps what whoever has no address comes in by again', () => {
    const kind = 'device-only';
    const kept = writesOf({ kind, codeKey: 'key', email: undefined! });
    expect(Object.keys(kept)).toEqual([...counted, 'passphrase', 'code', ...asked]);
    expect(kept['invite']!.Update!.UpdateExpression).toContain('REMOVE #ttl');
    expect(namesOf({ kind, email: undefined! })).not.toContain('code');
    expect(namesOf({ codeKey: 'key' })).toEqual([...counted, 'openInvite', ...asked]);
  });

  test('C91: asks the issuer, unless the write of the user who is the issuer does', () => {
    expect(namesOf({ issuerId: undefined! })).not.toContain('issuer');
    expect(namesOf({}, { displaced: 'issuer' })).not.toContain('issuer');
    expect(namesOf({}, { displaced: 'somebody' })).toContain('issuer');
    expect(namesOf({ issuerId: moved.id }, { moved })).not.toContain('issuer');
    expect(namesOf({}, { moved })).toContain('issuer');
    expect(askedOf(invite, 'issuer')).toHaveLength(1);
    expect(askedOf({ ...invite, role: 'admin' }, 'issuer')).toHaveLength(3);
    expect(askedOf(invite, 'somebody')).toEqual([]);
  });

  test('C97: names who brought the guest in, which no move to another device changes', () => {
    const rowOf = (use: Partial<InviteUse>) => writesOf({}, use)['redemption']!.Put!.Item!['issuerId'];
    expect(rowOf({})).toBe('issuer');
    expect(rowOf({ moved, broughtInBy: 'first' })).toBe('first');
    expect(rowOf({ moved })).toBeUndefined();
  });

  test('R3.4: takes the place of the device before, where there was one', () => {
    expect(writesOf({}, { moved })['oldDevice']).toMatchObject({ Delete: { Key: { pk: 'invite#invite' } } });
    expect(namesOf({}, { moved: { id: 'mover' } as User })).not.toContain('oldDevice');
  });

  test('C68: moves aside the use in the name of an address that was not proven', () => {
    const displacedUse = { sk: `redemption#${email}`, userId: 'other', redeemedAt: 1, createdAt: 1 };
    expect(writesOf({}, { displacedUse })['displacedUse']).toMatchObject({
      Put: { Item: { sk: 'redemption#displaced:other', redeemedAt: 1 } },
    });
    expect(namesOf()).not.toContain('displacedUse');
  });
});

test('R2.10: who used an invite is told by the address, where there is one', () => {
  const by = (person: string) =>
    redeemedBy({ sk: `redemption#${person}`, userId: 'guest', redeemedAt: now, createdAt: now });
  expect([email, 'device:key', 'former:guest', 'displaced:guest'].map(by)).toEqual([email, null, null, null]);
});
