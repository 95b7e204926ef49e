import { expect, test } from 'vitest';
import type { Config } from '#shared/deployment/config.ts';
import { day, never } from '#shared/clock.ts';
import { releaseMailbox } from '#shared/invites/change-invites.ts';
import { codeWrite, openInviteWrite, owedMail } from '#shared/invites/create-invites.ts';
import { inviteRow, inviteTtl } from '#shared/invites/invite-rows.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';

const now = 1_700_000_000_000;
const config = { table: (name: string) => name } as unknown as Config;
const invite = (changes: Partial<Invite> = {}): Invite => ({ ...openRegistration, id: 'invite', ...changes });
const email = 'guest@example.com';

test('R0.7: an invite claims, frees and mails the address that it is for, and one for none or a domain nothing', () => {
  const rowsOf = (one: Invite) => [releaseMailbox(config, one), openInviteWrite(config, one, now)];
  const keys = rowsOf(invite({ kind: 'email', email })).map((write) => Object.values(write!)[0]);
  expect(keys).toMatchObject([{ Key: { pk: `email#${email}` } }, { Item: { pk: `email#${email}` } }]);
  const pending = { delivery: 'pending' } as const;
  for (const other of [{}, { kind: 'domain', email: '*@example.com' }] as const) {
    expect(rowsOf(invite(other))).toEqual([undefined, undefined]);
    expect(owedMail(config, invite({ ...other, ...pending }), now)).toBeUndefined();
  }
  expect(owedMail(config, invite({ email, delivery: 'sent' }), now)).toBeUndefined();
  expect(owedMail(config, invite({ email, ...pending }), now)).toBeDefined();
});

test('R2.1: an invite without a code files none', () => {
  expect(codeWrite(config, invite())).toBeUndefined();
  expect(codeWrite(config, invite({ codeKey: 'key' }))).toMatchObject({ Put: { Item: { pk: 'code#key' } } });
});

test('R0.7: an invite is kept for 90 days after its end, and one without an end for ever', () => {
  expect(inviteTtl(now)).toBe((now + 90 * day) / 1_000);
  expect(inviteTtl(never)).toBeUndefined();
  expect([now, never].map((expiresAt) => inviteRow(invite({ expiresAt })).ttl)).toEqual([
    (now + 90 * day) / 1_000,
    undefined,
  ]);
});
