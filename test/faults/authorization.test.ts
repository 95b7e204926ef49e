import { beforeAll, describe, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import type { Auth } from '#shared/operation/operation.ts';
import { readEvent, sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { firstAdmin, invite, mailedGuest, openInvite, password, register } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';

/**
 * The authorization matrix: roles × routes × verbs, from the declarations. The expected answer of a route follows
 * from its `auth` alone, so a new operation is in the matrix as soon as it is declared.
 */
const stack = useStack();

const roles = [
  'nobody',
  'forged',
  'signed out',
  'disabled',
  'unverified',
  'unverified admin',
  'verified',
  'admin',
] as const;
type Role = (typeof roles)[number];
const sessions: Partial<Record<Role, string>> = {};
let admin: SignedIn;

/** The error code for a role that may not use a route. Undefined if the role may use it. */
function refusalOf(role: Role, auth: Auth): string | undefined {
  if (auth === 'public' || auth === 'optional') return undefined;
  if (!['unverified', 'unverified admin', 'verified', 'admin'].includes(role)) return 'unauthenticated';
  if (auth === 'verified') return role.startsWith('unverified') ? 'not_verified' : undefined;
  if (auth === 'admin' && role === 'unverified admin') return 'not_verified';
  if (auth === 'admin') return role === 'admin' ? undefined : 'forbidden';
  return undefined;
}
/** The role with the fewest rights that may use a route, by the route's `auth`. Tests of allowed requests use it. */
const humblest: Partial<Record<Auth, Role>> = { session: 'unverified', verified: 'verified', admin: 'admin' };

beforeAll(async () => {
  admin = await firstAdmin(stack());
  const token = async () => openInvite(stack(), admin);
  const disabled = await register(stack(), await token());
  sessions.disabled = disabled.session.token;
  sessions.unverified = (await register(stack(), await token())).session.token;
  sessions['unverified admin'] = (
    await register(stack(), await openInvite(stack(), admin, { role: 'admin' }))
  ).session.token;
  sessions['signed out'] = (await register(stack(), await token())).session.token;
  sessions.verified = (await mailedGuest(stack(), admin)).session.token;
  sessions.admin = admin.session.token;
  sessions.forged = `${admin.user.id}.${admin.session.id}.${'A'.repeat(43)}`;
  const change = { token: sessions.admin, json: { disabled: true } };
  await send(stack(), 'PATCH', `/v1/admin/users/${disabled.user.id}`, change);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: sessions['signed out'] });
  await makeRows();
});

/** The token of a new session, which the route may end, of a user whom the route may delete. */
async function freshSession(role: Role): Promise<string> {
  if (role === 'unverified') return (await register(stack(), await openInvite(stack(), admin))).session.token;
  if (role === 'verified') return (await mailedGuest(stack(), admin)).session.token;
  const json = { login: admin.user.email, password, transport: 'token' };
  return (await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json })).json.session.token;
}

const operations = findOperations()
  .filter(isOperation)
  .filter(({ id }) => id !== 'not-found');
const isPage = (id: string) => operations.find((one) => one.id === id)!.declaration.kind === 'page';

/** The id in the sample events of users and of invites. */
const sampleId = 'AAECAwQFBgcICQoLDA0ODw';
const isAboutRow = (id: string): boolean => {
  const { rawPath = '', body = '' } = readEvent(id);
  return /^\/(v1\/)?admin\//.test(rawPath) && `${rawPath} ${body}`.includes(sampleId);
};
/** A user and an open invite for the samples to be about: of what exists nowhere, nothing could be shown or changed. */
let rows: { user: string; invite: string };
async function makeRows(): Promise<void> {
  const { user } = await register(stack(), await openInvite(stack(), admin));
  const [row] = await invite(stack(), admin);
  rows = { user: user.id, invite: row!.id };
}

/** What of an event must name the rows. */
function aboutRows(id: string): { path?: string; body?: object } {
  if (!isAboutRow(id)) return {};
  const { rawPath, rawQueryString, body = '' } = readEvent(id);
  const path = rawPath.replace(sampleId, /\/(users|people)\//.test(rawPath) ? rows.user : rows.invite);
  return {
    path: rawQueryString ? `${path}?${rawQueryString}` : path,
    ...(body.includes(sampleId) && { body: { ids: [rows.invite] } }),
  };
}

/** The code with which an answer refuses. Undefined if it does not. A page redirects its visitor to the sign-in. */
async function refusal(id: string, token: string | undefined): Promise<string | undefined> {
  const { status, json, headers } = await sendEvent<{ code?: string } | undefined>(stack(), id, {
    token,
    ...aboutRows(id),
  });
  if (isAboutRow(id)) expect(status, 'the row is there').not.toBe(404);
  if (status === 401)
    expect(headers['www-authenticate'], 'RFC 9110, 11.6.1').toMatch(/^(Basic|Bearer) realm=/);
  if (isPage(id) && status === 303 && String(headers['location']).startsWith('/login'))
    return 'unauthenticated';
  const refusals = ['unauthenticated', 'not_verified', 'forbidden'];
  return refusals.find((code) => code === json?.code);
}

describe('C50 R4.1: 0 unexpected allows', () => {
  test.each(operations.map(({ id, declaration }) => [id, declaration.auth] as const))(
    '%s is for: %s',
    async (id, auth) => {
      const answers: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const role of roles) {
        const refused = refusalOf(role, auth);
        // Roles with access are skipped: a test below asks as the humblest of them, by a session that the route may end.
        if (refused === undefined && auth !== 'public' && auth !== 'optional') continue;
        expected[role] = refused;
        answers[role] = await refusal(id, sessions[role]);
      }
      expect(answers).toEqual(expected);
    },
  );
});

test.each(['/oauth/token', '/oauth/revoke'])(
  '401 C50 R6.4: %s tells an app how to identify',
  async (path) => {
    const grant = { grant_type: 'refresh_token', refresh_token: 'none', token: 'none' };
    for (const app of [{}, { client_id: 'unknown' }, { client_id: 'latchkey-cli', client_secret: 'wrong' }]) {
      const { status, headers } = await send(stack(), 'POST', path, { form: { ...grant, ...app } });
      expect({ status, way: headers['www-authenticate'] }, JSON.stringify(app)).toEqual({
        status: 401,
        way: 'Basic realm="latchkey"',
      });
    }
  },
);

describe('C50: whom a route is for may go there', () => {
  const guarded = operations.filter(({ declaration }) => humblest[declaration.auth] !== undefined);
  test.each(guarded.map(({ id, declaration }) => [id, humblest[declaration.auth]!] as const))(
    '%s by: %s',
    async (id, role) => {
      // New ones, as another operation may have ended the last ones.
      if (isAboutRow(id)) await makeRows();
      expect(await refusal(id, await freshSession(role))).toBeUndefined();
    },
  );
});

test('C50: verbs that are not declared do not exist, for administrators neither', async () => {
  const declared = new Set(operations.flatMap(routesOf));
  const paths = new Map(operations.map((entry) => [entry.declaration.path, readEvent(entry.id).rawPath]));
  const found: string[] = [];
  for (const [path, sample] of paths) {
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (method) => !declared.has(`${method} ${path}`),
    );
    await Promise.all(
      others.map(async (method) => {
        const { status } = await send(stack(), method, sample, { token: sessions.admin });
        if (status !== 404) found.push(`${method} ${path}: ${status}`);
      }),
    );
  }
  expect(found).toEqual([]);
});

test('HEAD is answered as GET is, without a body, wherever there is a GET', async () => {
  const different: string[] = [];
  for (const { id } of operations.filter(({ declaration }) => declaration.method === 'GET')) {
    const { rawPath, rawQueryString } = readEvent(id);
    const ask = (method: string) =>
      send(stack(), method, `${rawPath}?${rawQueryString}`, { token: sessions.admin });
    // In sequence: in parallel they would need two instances of each function.
    const [get, head] = [await ask('GET'), await ask('HEAD')];
    const [wanted, had] = [get, head].map(({ status, headers }) => [status, headers['content-type']]);
    if (String(had) !== String(wanted) || head.text !== '') different.push(`${id}: ${String(had)}`);
  }
  expect(different).toEqual([]);
});

test('C10: nothing changes by whom nothing is allowed', async () => {
  const still = async () => {
    const { counters: _, ...tables } = await stack().dumpTables();
    return tables;
  };
  await makeRows();
  const before = await still();
  for (const { id, declaration } of operations) {
    if (declaration.auth === 'public' || declaration.auth === 'optional') continue;
    for (const role of ['nobody', 'forged', 'signed out', 'disabled'] as const)
      await sendEvent(stack(), id, { token: sessions[role], ...aboutRows(id) });
  }
  expect(await still()).toEqual(before);
});
