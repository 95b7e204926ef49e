import { beforeAll, expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { auditLine, wholeUser } from '#shared/account/export-parts.ts';
import type { AuditEntry } from '#shared/audit/write-audit.ts';
import type { CallGrants } from '#shared/users/call-limits.ts';
import type { User } from '#shared/users/user.ts';
import { signInToPortal } from '../harness/apps/door.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { asUser, deviceUser } from '../harness/invites/inviting.ts';
import { claudeKey, putKey } from '../harness/relay/keys.ts';
import { invite, openInvite, password, register, somebody } from '../harness/people/people.ts';
import { secondAdmin, tokenOf, vouchFor, type SignedIn } from '../harness/people/people.ts';
import { changeUser } from '../harness/people/managing.ts';
import { rowsOf } from '../harness/stack/rows.ts';

interface List<Item> {
  items: Item[];
  truncated: boolean;
}

interface Exported {
  user: SignedIn['user'] & Record<string, unknown>;
  quota: object;
  redeemed: { inviteId: string; at: string } | null;
  credentials: Record<string, unknown> | null;
  keys: List<Record<string, unknown>>;
  sessions: List<Record<string, unknown> & { id: string }>;
  devices: List<Record<string, unknown>>;
  invites: List<{ id: string; email?: string; status: string }>;
  audit: List<{ action: string; outcome: string; subjectId: string | null; at: string }>;
}

const { stack, admin } = useAdmin();
let issuer: SignedIn;
let inviteId: string;
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { role: 'admin' });
  inviteId = row!.id;
  issuer = await register(stack(), tokenOf(row!.url), { ...somebody(), firstName: '花子' });
  issuer = await vouchFor(stack(), admin, issuer);
});

/** Stores an API key for a user, whose mailbox an administrator vouches for. */
async function giveKey(who: SignedIn): Promise<string> {
  const path = `/v1/admin/users/${who.user.id}`;
  await send(stack(), 'PATCH', path, { token: admin.session.token, json: { emailVerified: true } });
  const key = claudeKey();
  expect((await putKey(stack(), who, { key })).status).toBe(200);
  return key;
}

const exportOf = async (who: SignedIn) => {
  const path = '/v1/me/export';
  return (await send<Exported>(stack(), 'GET', path, await asUser(stack(), who, 'GET', path))).json;
};

test('200 R1.1: everything about me, as a file, newest first', async () => {
  const { token } = issuer.session;
  const sent = [(await invite(stack(), issuer))[0]!, (await invite(stack(), issuer))[0]!];
  await send(stack(), 'PATCH', '/v1/me', { token, json: { lastName: '山田' } });
  const { status, headers, json } = await sendEvent<Exported>(stack(), 'me-export', { token });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-disposition': 'attachment; filename="latchkey-account.json"',
    'cache-control': 'no-store',
  });
  const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  expect(json.user).toEqual({
    ...issuer.user,
    lastName: '山田',
    status: 'active',
    epoch: 0,
    updatedAt: at,
    device: null,
    deviceOnly: false,
    label: null,
    firstAppSignInAt: null,
    firstRelayAt: null,
    apiRequests: 0,
    lastRequestAt: null,
    limits: { invites: 0 },
    invitesSent: 0,
  });
  expect(json.quota).toEqual({
    requests: { limit: 30, used: 0, remaining: 30, resetsAt: null },
    questions: { limit: 30, used: 0, remaining: 30, resetsAt: at },
  });
  expect(json.redeemed).toMatchObject({ inviteId });
  expect(json.credentials).toEqual({ algorithm: 'bcrypt', cost: 4, updatedAt: at });
  expect(json.sessions).toMatchObject({
    items: [{ id: issuer.session.id, transport: 'token', createdAt: at, address: '127.0.0.1' }],
    truncated: false,
  });
  expect(json.invites.items.map(({ id }) => id)).toEqual(sent.map(({ id }) => id).toReversed());
  expect(json.audit.items.map(({ action }) => action)).toEqual([
    'user.update',
    'invite.create',
    'invite.create',
    'registration',
  ]);
});

test('200 R7.4: what others did to the account is there, as its page shows it, without the address of who did it', async () => {
  const { user, session } = await register(stack(), await openInvite(stack(), admin));
  await send(stack(), 'POST', '/v1/sessions', {
    json: { login: user.username, password: 'a wrong one', transport: 'token' },
  });
  await changeUser(stack(), admin, user.id, { limits: { requests: 3 } });
  const { json } = await send<{ byOthers: List<object> }>(stack(), 'GET', '/v1/me/export', {
    token: session.token,
  });
  expect(json.byOthers).toMatchObject({
    items: [
      { action: 'user.limit', outcome: 'done', by: 'other', address: null },
      { action: 'session.create', outcome: 'refused', by: 'unknown', address: '127.0.0.1' },
    ],
    truncated: false,
  });
});

/** Attributes that an export omits: keys of tables and indexes, data that only prove a secret, and data that `redeemed` shows. */
const leftOut: Record<string, string[]> = {
  users: ['pk', 'listing', 'openlyInvited'],
  sessions: [
    'userId',
    'hash',
    'deviceHash',
    'generation',
    'rotatedAt',
    'idleExpiresAt',
    'absoluteExpiresAt',
    'ttl',
  ],
  credentials: ['userId', 'hash', 'pepperKey'],
  keys: ['userId', 'ciphertext', 'reminder', 'ttl'],
};

test('200 R1.1: no attribute of what is stored about me is forgotten', async () => {
  await giveKey(issuer);
  const { user, sessions, credentials, keys } = await exportOf(issuer);
  const tables = await stack().dumpTables();
  const rows: [string, object, object][] = [
    ['users', rowsOf(tables, 'users', 'id', issuer.user.id)[0]!, { inviteId, ...user }],
    ['sessions', rowsOf(tables, 'sessions', 'userId', issuer.user.id)[0]!, sessions.items[0]!],
    ['keys', rowsOf(tables, 'keys', 'userId', issuer.user.id)[0]!, keys.items[0]!],
    ['credentials', rowsOf(tables, 'credentials', 'userId', issuer.user.id)[0]!, credentials!],
  ];
  for (const [table, row, shown] of rows) {
    const forgotten = Object.keys(row).filter((name) => !(name in shown) && !leftOut[table]!.includes(name));
    expect(forgotten, table).toEqual([]);
  }
});

/** Attributes of a user that `limits` and `quota` show, and marks that separate former devices, grants and locks from present ones. */
type InnerOfUsers =
  | 'inviteId'
  | 'openlyInvited'
  | 'inviteQuota'
  | keyof CallGrants
  | 'rebinds'
  | 'lockEpoch'
  | 'devicesFrom'
  | 'grantsFrom';

test('200 R1.1: nor any that a row can have, whatever came to pass so far', async () => {
  // The compiler finds attributes that an export neither shows nor lists here.
  expectTypeOf<Exclude<keyof User, keyof z.infer<typeof wholeUser> | InnerOfUsers>>().toBeNever();
  expectTypeOf<
    Exclude<keyof AuditEntry, keyof z.infer<typeof auditLine> | 'actorId' | 'login'>
  >().toBeNever();
  const token = await openInvite(stack(), admin, { label: 'spring-course' });
  const who = await vouchFor(stack(), admin, await register(stack(), token));
  await signInToPortal(stack(), who);
  const { user } = await exportOf(who);
  expect(user).toMatchObject({ label: 'spring-course', firstAppSignInAt: expect.any(String) as string });
});

test('200 R1.2: API keys and what was done with them, but never the keys', async () => {
  const who = await register(stack(), await openInvite(stack(), admin));
  const key = await giveKey(who);
  const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  const { keys, audit } = await exportOf(who);
  expect(keys).toEqual({
    items: [
      {
        service: 'claude',
        last4: key.slice(-4),
        active: true,
        createdAt: at,
        expiresAt: at,
        lastUsedAt: null,
        remindAt: at,
      },
    ],
    truncated: false,
  });
  expect(audit.items[0]).toMatchObject({ action: 'key.put', service: 'claude', call: null });
  const { text } = await send(stack(), 'GET', '/v1/me/export', { token: who.session.token });
  expect(leaks(text, { key })).toEqual([]);
  expect(text).not.toContain('ciphertext');
});

test('200 C54: holds no secret, no hash, no link, and nothing of anybody else', async () => {
  const { token } = issuer.session;
  const [row] = await invite(stack(), issuer, { code: 'EXP0RT' });
  const { text } = await send(stack(), 'GET', '/v1/me/export', { token });
  const secrets = {
    password,
    session: token.split('.')[2]!,
    invite: tokenOf(row!.url).split('.')[1]!,
    code: row!.code!,
  };
  expect(leaks(text, secrets)).toEqual([]);
  expect(text).not.toMatch(/(hash|pepper|codeKey)\w*":|\$2b\$/i);
  for (const foreign of [admin.user.id, admin.user.email!, admin.session.id])
    expect(text).not.toContain(foreign);
});

test('200: who is known by the device alone has no credentials, but a device', async () => {
  const who = await deviceUser(stack(), admin);
  const { user, credentials, sessions } = await exportOf(who);
  expect(user).toMatchObject({ email: null, deviceOnly: true, device: expect.any(String) as string });
  expect(credentials).toBeNull();
  expect(sessions.items[0]!['keyThumbprint']).toBe(user['device']);
});

test('200 C54: whom I have brought in is not among the invites that I have sent', async () => {
  const sender = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), sender);
  await register(stack(), tokenOf(row!.url));
  const { invites } = await exportOf(sender);
  expect(invites.items).toMatchObject([{ id: row!.id, status: 'used' }]);
});

test('200 R1.1: sessions that have ended by now are there as long as they are stored', async () => {
  const who = await register(stack(), await openInvite(stack(), admin));
  const login = { login: who.user.username, password, transport: 'token' };
  const { json } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: login });
  await send(stack(), 'DELETE', '/v1/sessions/others', { token: who.session.token });
  const { sessions, devices } = await exportOf(who);
  expect(sessions.items.map(({ id }) => id).toSorted()).toEqual([who.session.id, json.session.id].toSorted());
  expect(devices.items, 'none of them is a device').toEqual([]);
});

test('401, 503: nobody; and a store that is down', async () => {
  expect((await send(stack(), 'GET', '/v1/me/export')).status).toBe(401);
  stack().faults([{ kind: 'error', function: 'me-export', action: 'Query', times: 99 }]);
  const { token } = issuer.session;
  expect((await send(stack(), 'GET', '/v1/me/export', { token })).status).toBe(503);
});
