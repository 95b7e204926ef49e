import { expect, test } from 'vitest';
import { inviteMails } from '#shared/invites/invite-mails.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import type { InviteMail } from '#shared/mail/outbox.ts';

type Tools = Parameters<typeof inviteMails>[0];

const now = 1_700_000_000_000;
const settings = { appName: 'Latchkey', appColor: '#336699', timeZone: 'UTC', locale: 'en' };
const invite: Invite = { ...openRegistration, id: 'invite', email: 'guest@example.com', codeKey: 'key' };

/** The text of a mail about an invite in its stored state; undefined if no mail goes out. */
async function written(found: Invite | undefined, kind: InviteMail['kind'] = 'invite') {
  const mails = inviteMails({
    invites: { get: () => Promise.resolve(found) },
    tokens: { issue: (_: Invite, channel: string) => Promise.resolve(`token-${channel}`) },
    codes: { derive: () => Promise.resolve('ABCDEFGHJK') },
    told: {},
    clock: { now: () => now },
    settings,
    origin: 'https://here.example',
  } as unknown as Tools);
  const content = await mails[kind]!.write({ kind, inviteId: 'invite', generation: 0 } as never);
  if (content === undefined || content === 'withheld') return content;
  return `${content.subject}\n${content.text}`;
}

test('R0.3: a mail says the code that was derived, and none that an administrator chose or that there is not', async () => {
  expect(await written(invite)).toContain('ABCDE-FGHJK');
  for (const other of [
    { ...invite, ownCode: true },
    { ...invite, codeKey: undefined! },
  ]) {
    const text = await written(other);
    expect(text).toContain('https://here.example/invite/token-mail');
    expect(text).not.toContain('/register');
    expect(text).not.toMatch(/\bcode\b/i);
  }
  expect(await written({ ...invite, codeKey: undefined!, expiresAt: now + 86_400_000 })).toContain(
    'The link is good until',
  );
});

test('R0.7: no mail goes out for an invite that is over, gone or has a new link; to sign in it may be over', async () => {
  const over = { ...invite, expiresAt: now };
  for (const found of [undefined, { ...invite, generation: 1 }, { ...invite, state: 'used' as const }])
    expect(await written(found)).toBeUndefined();
  expect(await written(over), 'its issuer is told').toBe('withheld');
  expect(await written(over, 'member')).toContain('https://here.example/login');
  expect(await written({ ...over, generation: 1 }, 'member')).toBeUndefined();
});

test('R4.13: a mail is in the language of its invite, and in the deployment’s where that has none', async () => {
  expect(await written(invite)).toContain('Your invite to Latchkey');
  expect(await written({ ...invite, locale: 'ja' })).toContain('Latchkey への招待');
});
