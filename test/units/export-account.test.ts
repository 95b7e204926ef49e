import { expect, test } from 'vitest';
import { exportAccount } from '#shared/account/export-account.ts';
import { day } from '#shared/clock.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import type { Invite } from '#shared/invites/invite.ts';
import { asQuota } from '#shared/quotas/quota.ts';
import type { Session } from '#shared/sessions/session.ts';
import { sampleSession } from '../harness/people/sample-session.ts';
import { sampleUser } from '../harness/people/sample-user.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const many = 3_000;
/** Lambda's limit for an answer, in bytes. */
const maxAnswerBytes = 6_291_556;

const inviteOf = (n: number): Invite => ({
  id: `invite-${n}`,
  kind: 'email',
  state: 'active',
  role: 'general',
  email: `guest${n}@example.com`,
  note: '"'.repeat(200),
  message: '"'.repeat(500),
  maxUses: 1,
  uses: 0,
  days: 1,
  generation: 0,
  createdAt: now,
  expiresAt: now + day,
});

/** A session with as long a user agent as is stored. */
const sessionOf = (n: number): Session =>
  sampleSession(now, { id: `session-${n}`, lastSeenAt: now + n, userAgent: '"'.repeat(300) });

async function* rows<Row>(make: (n: number) => Row): AsyncGenerator<Row> {
  for (let n = 0; n < many; n += 1) yield make(n);
}

test('R1.1: an export fits into an answer, however much of each kind there is: the first are there, and it says so', async () => {
  const entry = { actorId: 'user', action: 'user.update', outcome: 'done', call: '"'.repeat(500) } as const;
  const refused = {
    action: 'session.create',
    outcome: 'refused',
    subjectId: 'user',
    address: 'f'.repeat(45),
    app: 'a'.repeat(30),
  } as const;
  const exported = await exportAccount({
    user: sampleUser(now),
    settings: parseSettings({}),
    now,
    credentials: { of: async () => undefined },
    keys: { of: async () => [] },
    sessions: {
      of: async () => ({ sessions: Array.from({ length: many }, (_, n) => sessionOf(n)), devices: [] }),
    },
    usedApps: { of: async () => [] },
    quotas: { of: async () => asQuota('user', undefined) },
    sent: { by: () => rows(inviteOf) },
    activity: {
      page: async () => ({
        entries: Array.from({ length: 2_000 }, (_, n) => ({ ...refused, at: now - n })),
        next: 'more',
      }),
    },
    auditLog: { by: () => rows((n) => ({ ...entry, at: now - n, id: String(n) })) },
  } as unknown as Parameters<typeof exportAccount>[0]);
  const { invites, sessions, audit, byOthers } = exported;
  for (const { items, truncated } of [invites, sessions, audit, byOthers]) {
    expect(truncated).toBe(true);
    expect(items.length).toBeGreaterThan(400);
  }
  expect(invites.items[0]!.id).toBe('invite-0');
  expect(sessions.items[0]!.id).toBe(`session-${many - 1}`);
  expect(Buffer.byteLength(JSON.stringify({ body: JSON.stringify(exported) }))).toBeLessThan(maxAnswerBytes);
});
