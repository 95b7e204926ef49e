import { expect, test } from 'vitest';
import type { Config } from '#shared/deployment/config.ts';
import { never } from '#shared/clock.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import { showInvite } from '#shared/invites/show-invite.ts';
import { tellInvites, type Told } from '#shared/invites/record-delivery.ts';
import type { Mail } from '#shared/mail/outbox.ts';

const now = 1_700_000_000_000;
const config = { table: (name: string) => name } as unknown as Config;
const invite: Invite = {
  ...openRegistration,
  id: 'invite',
  createdAt: now,
  expiresAt: never,
  maxUses: 3,
  uses: 1,
};

test('C80: names and notes of an invite are shown without what hides or turns the direction around', () => {
  const shown = showInvite({ ...invite, issuerName: 'mia\u202e', note: 'for\u200b you\u2066' }, now);
  expect(shown).toMatchObject({ inviter: 'mia', note: 'for you', usesLeft: 2, expiresAt: null });
  expect(showInvite(invite, now)).toMatchObject({ inviter: undefined, note: undefined });
});

/** The update of an invite about its mail: the changes and their values. */
const toldOf = (told: Told, kind: Mail['kind'] = 'invite') => {
  const mail = { kind, inviteId: 'invite', generation: 0 } as Mail;
  const {
    UpdateExpression = '',
    ConditionExpression: when,
    ExpressionAttributeValues: values,
  } = tellInvites.make(config).delivery(mail, told)?.Update ?? {};
  const [set = '', removed] = UpdateExpression.trim().split(/ ?REMOVE /);
  return { set, removed, when, values };
};

test('R0.7: an invite is told of the trouble with its mail and why, and that there is none any more', () => {
  const bounced = toldOf({ delivery: 'bounced', at: now, reason: 'mailbox' as Told['reason'] });
  expect(bounced.set).toMatch(/#trouble = :new_trouble, #deliveryReason = :new_deliveryReason/);
  expect(bounced.removed).toBe('#mayHaveArrived');
  expect(bounced.values).toMatchObject({
    ':new_trouble': 'undelivered',
    ':new_deliveryReason': 'mailbox',
  });
  expect(toldOf({ delivery: 'failed', at: now })).toMatchObject({
    removed: '#deliveryReason, #mayHaveArrived',
  });
  const delivered = toldOf({ delivery: 'delivered', at: now });
  expect(delivered.set).not.toMatch(/trouble|Reason/);
  expect(delivered.removed).toBe('#trouble, #troubleAt, #deliveryReason, #mayHaveArrived');
  const passing = toldOf({ delivery: 'bounced', at: now, reason: 'passing', isPassing: true });
  expect(passing).toMatchObject({
    set: expect.stringContaining('#mayHaveArrived = :new_mayHaveArrived'),
    removed: undefined,
  });
  for (const name of [':new_trouble', ':new_deliveryReason'])
    expect(delivered.values).not.toHaveProperty(name);
});

test('R0.7: an invite is told that its mail is not sent any more only of its present link, and before it hears more', () => {
  expect(toldOf({ delivery: 'obsolete', at: now })).toEqual({
    set: '',
    removed: 'delivery',
    when: 'generation = :generation AND delivery = :pending',
    values: { ':generation': 0, ':pending': 'pending' },
  });
});

test('R0.7: a mail that says to sign in tells the invite nothing', () => {
  expect(toldOf({ delivery: 'bounced', at: now }, 'member').values).toBeUndefined();
});
