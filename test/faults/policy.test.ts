import { beforeAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '#local/gateway/records.ts';
import { changesPassword, moves, proves, resets } from '../harness/people/account-acts.ts';
import { askCode } from '../harness/people/codes.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { claudeKey, putKey } from '../harness/relay/keys.ts';
import { invite, mailedGuest, openInvite, password, register } from '../harness/people/people.ts';
import { somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { tour } from '../harness/stack/tour.ts';

const stack = useStack('plain', { fresh: true });
let toured: readonly CallRecord[];
let admin: SignedIn;
beforeAll(async () => {
  const { username } = await tour(stack());
  toured = [...stack().calls()];
  stack().clock.offsetSeconds = 0;
  const { json } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login: username, password, transport: 'token' },
  });
  admin = json;
});

test('C64: no function asks AWS for anything that its policy does not allow, whatever it is used for', () => {
  expect(toured.filter(({ denied }) => denied !== undefined)).toEqual([]);
  expect(toured.filter(({ status, fault }) => status >= 500 && fault === undefined)).toEqual([]);
});

test('C64: the tour has renewed a hash', () => {
  const renewals = toured.filter(
    ({ function: id, action, resources }) =>
      id === 'session-create' && action === 'PutItem' && resources.includes('table/credentials'),
  );
  expect(renewals.map(({ status }) => status)).toEqual([200]);
});

test('C64: the tour has used every function', () => {
  const logged = new Set(
    stack()
      .logs()
      .map((line) => line.function),
  );
  const called = new Set(toured.map((call) => call.function));
  expect(stack().functions.filter((id) => !logged.has(id) && !called.has(id))).toEqual([]);
});

type Act = () => Promise<Answered>;
const guest = () => ({ token: '', transport: 'token', ...somebody() });
const registers = async (wish: object = {}): Promise<Act> => {
  const token = await openInvite(stack(), admin, wish);
  const json = { ...guest(), token };
  return () => send(stack(), 'POST', '/v1/register', { json });
};
const registersByMail = async (): Promise<Act> => {
  const who = guest();
  const [row] = await invite(stack(), admin, { emails: [who.email], send: false });
  return () => send(stack(), 'POST', '/v1/register', { json: { ...who, token: tokenOf(row!.url) } });
};
const signsIn = async (secret = password): Promise<Act> => {
  const json = { login: admin.user.username, password: secret, transport: 'token' };
  return () => send(stack(), 'POST', '/v1/sessions', { json });
};
const signsOut = async (): Promise<Act> => {
  const { session } = await register(stack(), await openInvite(stack(), admin));
  return () => send(stack(), 'DELETE', '/v1/sessions/current', { token: session.token });
};
const verifies = async (): Promise<Act> => {
  const { session } = await register(stack(), await openInvite(stack(), admin));
  return () => send(stack(), 'POST', '/v1/sessions/verify', { json: {}, token: session.token });
};
const reads = async (): Promise<Act> => () => send(stack(), 'GET', '/v1/me', { token: admin.session.token });
const asUser = async (method: string, path: string, json?: object): Promise<Act> => {
  const { session } = await register(stack(), await openInvite(stack(), admin));
  return () => send(stack(), method, path, { token: session.token, json });
};
const renames = () => asUser('PATCH', '/v1/me', { username: somebody().username });
const invites = async (): Promise<Act> => {
  const json = { emails: [somebody().email] };
  return () => send(stack(), 'POST', '/v1/admin/invites', { json, token: admin.session.token });
};
const lists = async (): Promise<Act> => () =>
  send(stack(), 'GET', '/v1/admin/invites', { token: admin.session.token });
const changes = async (change: string): Promise<Act> => {
  const [row] = await invite(stack(), admin, { emails: [somebody().email], send: false });
  const path = `/v1/admin/invites/${row!.id}/${change}`;
  return () => send(stack(), 'POST', path, { token: admin.session.token });
};

const checks = async (): Promise<Act> => {
  const json = { token: await openInvite(stack(), admin) };
  return () => send(stack(), 'POST', '/v1/invites/verify', { json });
};
const looks = async (): Promise<Act> => {
  const [row] = await invite(stack(), admin);
  return () => send(stack(), 'GET', `/v1/admin/invites/${row!.id}`, { token: admin.session.token });
};
const manages = async (method: 'GET' | 'PATCH'): Promise<Act> => {
  const { user } = await register(stack(), await openInvite(stack(), admin));
  const sent = { token: admin.session.token, ...(method === 'PATCH' && { json: { endSessions: true } }) };
  return () => send(stack(), method, `/v1/admin/users/${user.id}`, sent);
};
const counts = async (): Promise<Act> => () =>
  send(stack(), 'GET', '/v1/admin/stats?days=90', { token: admin.session.token });
const renews = async (): Promise<Act> => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { emails: [who.email], send: false });
  const json = { token: tokenOf(row!.url) };
  await register(stack(), json.token, who);
  return () => send(stack(), 'POST', '/v1/invites/renew', { json });
};

/** Prepares a user with an API key and a request that the user makes. */
const withKey = async (method: string, json?: object, path = '/v1/keys/claude'): Promise<Act> => {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who);
  return () => send(stack(), method, path, { token: who.session.token, json });
};
const keeps = () => withKey('PUT', { key: claudeKey() });

const asks = async (): Promise<Act> => () => askCode(stack(), 'password-reset', somebody().email);

const grants: [string, string, () => Promise<Act>][] = [
  ['registration-create', 'dynamodb:GetItem', registers],
  ['registration-create', 'dynamodb:BatchGetItem', registers],
  ['registration-create', 'dynamodb:PutItem', registers],
  ['registration-create', 'dynamodb:UpdateItem', registers],
  ['registration-create', 'dynamodb:DeleteItem', registersByMail],
  ['registration-create', 'dynamodb:ConditionCheckItem', registers],
  ['registration-create', 'kms:GenerateMac', registers],
  ['registration-create', 'kms:VerifyMac', registers],
  ['invite-verify', 'dynamodb:GetItem', checks],
  ['invite-verify', 'kms:VerifyMac', checks],
  ['invite-renew', 'dynamodb:UpdateItem', renews],
  ['admin-invite-read', 'dynamodb:Query', looks],
  ['admin-invite-read', 'kms:GenerateMac', looks],
  ['session-create', 'dynamodb:GetItem', signsIn],
  ['session-create', 'dynamodb:BatchGetItem', signsIn],
  ['session-create', 'dynamodb:ConditionCheckItem', signsIn],
  ['session-create', 'dynamodb:PutItem', () => signsIn('wrong password')],
  ['session-create', 'kms:GenerateMac', signsIn],
  ['session-delete', 'dynamodb:BatchGetItem', signsOut],
  ['session-delete', 'dynamodb:DeleteItem', signsOut],
  ['session-delete', 'dynamodb:PutItem', signsOut],
  ['session-delete', 'dynamodb:UpdateItem', () => asUser('DELETE', '/v1/sessions/others')],
  ['session-list', 'dynamodb:Query', () => asUser('GET', '/v1/sessions')],
  ['session-verify', 'dynamodb:BatchGetItem', verifies],
  ['session-verify', 'dynamodb:UpdateItem', verifies],
  ['me-read', 'dynamodb:BatchGetItem', reads],
  ['me-update', 'dynamodb:UpdateItem', renames],
  ['me-update', 'dynamodb:PutItem', renames],
  ['me-update', 'dynamodb:DeleteItem', renames],
  ['me-export', 'dynamodb:GetItem', () => asUser('GET', '/v1/me/export')],
  ['me-export', 'dynamodb:Query', () => asUser('GET', '/v1/me/export')],
  ['key-put', 'dynamodb:PutItem', keeps],
  ['key-put', 'dynamodb:ConditionCheckItem', keeps],
  ['key-put', 'kms:Encrypt', keeps],
  ['key-list', 'dynamodb:Query', () => withKey('GET', undefined, '/v1/keys')],
  ['key-use-list', 'dynamodb:Query', () => withKey('GET', undefined, '/v1/keys/claude/uses')],
  ['key-update', 'dynamodb:GetItem', () => withKey('PATCH', { active: false })],
  ['key-update', 'dynamodb:UpdateItem', () => withKey('PATCH', { active: false })],
  ['key-update', 'dynamodb:PutItem', () => withKey('PATCH', { renew: true })],
  ['key-delete', 'dynamodb:DeleteItem', () => withKey('DELETE')],
  ['key-delete', 'dynamodb:PutItem', () => withKey('DELETE')],
  ['me-delete', 'dynamodb:Query', () => withKey('DELETE', { password }, '/v1/me')],
  ['me-delete', 'dynamodb:DeleteItem', () => withKey('DELETE', { password }, '/v1/me')],
  ['quota-read', 'dynamodb:GetItem', () => asUser('GET', '/v1/quota')],
  ['me-delete', 'dynamodb:GetItem', () => asUser('DELETE', '/v1/me', { password })],
  ['admin-invite-create', 'dynamodb:PutItem', invites],
  ['admin-invite-create', 'dynamodb:BatchGetItem', invites],
  ['admin-invite-list', 'dynamodb:Query', lists],
  ['admin-invite-revoke', 'dynamodb:GetItem', () => changes('revoke')],
  ['admin-invite-revoke', 'dynamodb:UpdateItem', () => changes('revoke')],
  ['admin-invite-revoke', 'dynamodb:DeleteItem', () => changes('revoke')],
  ['admin-invite-reissue', 'dynamodb:PutItem', () => changes('reissue')],
  ['admin-user-read', 'dynamodb:GetItem', () => manages('GET')],
  ['admin-user-read', 'dynamodb:Query', () => manages('GET')],
  ['admin-user-update', 'dynamodb:GetItem', () => manages('PATCH')],
  ['admin-user-update', 'dynamodb:UpdateItem', () => manages('PATCH')],
  ['admin-user-update', 'dynamodb:PutItem', () => manages('PATCH')],
  ['admin-stats-read', 'dynamodb:PutItem', counts],
  ['code-create', 'dynamodb:GetItem', asks],
  ['code-create', 'dynamodb:PutItem', asks],
  ['code-create', 'dynamodb:UpdateItem', asks],
  ['email-verify', 'dynamodb:DeleteItem', () => proves(stack(), admin)],
  ['email-update', 'dynamodb:DeleteItem', () => moves(stack(), admin)],
  ['password-reset', 'dynamodb:DeleteItem', () => resets(stack(), admin)],
  ['password-reset', 'dynamodb:PutItem', () => resets(stack(), admin)],
  ['password-update', 'dynamodb:GetItem', () => changesPassword(stack(), admin)],
  ['password-update', 'dynamodb:PutItem', () => changesPassword(stack(), admin)],
];

/** All stored data except tries, which are counted before any look-up. */
async function lasting(): Promise<object> {
  const { counters: _, codes = [], ...rest } = await stack().dumpTables();
  return { ...rest, codes: codes.filter((row) => !textOf(row, 'pk').startsWith('flow#')) };
}

describe('C64: one grant taken away', () => {
  test.each(grants)(
    '503: %s without %s is refused, recorded, and writes nothing',
    async (id, action, prepare) => {
      const act = await prepare();
      await stack().settle();
      stack().clearCalls();
      const before = await lasting();
      const giveBack = stack().removeGrant(id, action);
      const answer = await act().finally(giveBack);

      expect(answer.status, answer.text).toBe(503);
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.text).not.toMatch(/arn:|AccessDenied|dynamodb|kms:/);
      const denied = stack()
        .calls()
        .flatMap((call) => call.denied ?? []);
      expect(new Set(denied.map((what) => what.split(' ')[0]))).toEqual(new Set([action]));
      expect(await lasting()).toEqual(before);

      expect((await act()).status, 'given back').toBeLessThan(500);
    },
  );
});

test('C64 C53: a key whose policy no longer lets the roles use it is refused, whatever the roles may', async () => {
  const act = await looks();
  stack().clearCalls();
  const giveBack = stack().removeFromKeyPolicy('tokens', 'kms:GenerateMac');
  const answer = await act().finally(giveBack);
  expect(answer.status, answer.text).toBe(503);
  const denied = stack()
    .calls()
    .flatMap((call) => call.denied ?? []);
  expect(new Set(denied)).toEqual(new Set(['kms:GenerateMac key/tokens']));
  expect((await act()).status, 'given back').toBe(200);
});

test('C64 C61: a mailer without its sender sends nothing and loses nothing', async () => {
  const { email } = somebody();
  const giveBack = stack().removeGrant('mail-send', 'ses:SendEmail');
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  expect(
    stack()
      .calls()
      .flatMap((call) => call.denied ?? [])
      .join(),
  ).toContain('ses:SendEmail');
  expect(stack().mails(email)).toEqual([]);
  giveBack();
  stack().clock.offsetSeconds = 120;
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(1);
});
