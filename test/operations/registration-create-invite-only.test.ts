import { beforeAll, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import type { Grant } from '#shared/deployment/capability.ts';
import { capabilitiesOf } from '#shared/operation/chain-needs.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { firstAdmin, openInvite, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { growth, footprint, type Footprint } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();
let before: Footprint;
let chief: string;
beforeAll(async () => {
  chief = (await firstAdmin(stack())).user.username;
  before = await footprint(stack());
});

const nothing = { users: 0, emails: 0, usernames: 0, credentials: 0, redemptions: 0, sessions: 0 };
const post = (json: object) => send(stack(), 'POST', '/v1/register', { json });

test('422 C10: no token', async () => {
  const { status, json } = await post({ ...somebody(), transport: 'token' });
  expect(status).toBe(422);
  expect(json.errors?.map(({ path }) => path)).toEqual(['token']);
  expect(await growth(stack(), before)).toEqual(nothing);
});

test.each([
  ['an empty one', ''],
  ['a dot', '.'],
  ['one of the right form', `${'A'.repeat(22)}.${'A'.repeat(43)}`],
  ['another row’s key', 'invite#AAAA'],
])('404 C10: %s for a token', async (_, token) => {
  const { status, json } = await post({ token, ...somebody(), transport: 'token' });
  expect({ status, code: json.code }).toEqual({ status: 404, code: 'invite_invalid' });
  expect(await growth(stack(), before)).toEqual(nothing);
});

test.each([
  ['null', null],
  ['a number', 1],
  ['a list', ['x']],
  ['an object', { $ne: '' }],
])('422 C10: %s for a token', async (_, token) => {
  expect(await post({ token, ...somebody(), transport: 'token' })).toMatchObject({ status: 422 });
  expect(await growth(stack(), before)).toEqual(nothing);
});

test('404 C10: the form without an invite', async () => {
  const { status, cookies } = await send(stack(), 'POST', '/register', { form: somebody() });
  expect(status).toBe(404);
  expect(cookies).toEqual({});
  expect(await growth(stack(), before)).toEqual(nothing);
});

test('404 C10 C70: the form with an invite in the cookie alone', async () => {
  const token = await openInvite(stack(), await extraAdmin());
  const withAdmin = await footprint(stack());
  const cookies = { '__Host-invite': token };
  const { status } = await send(stack(), 'POST', '/register', { form: somebody(), cookies });
  expect(status).toBe(404);
  expect(await growth(stack(), withAdmin)).toEqual(nothing);
  before = withAdmin;
});

/** Capabilities that write a password only for an existing account. */
const replacing = new Set(['hashes', 'resets']);

/**
 * Operations by which a caller without an account can write a user or a password: by any capability, not only by the
 * one that redeems.
 */
const creators = findOperations()
  .filter((entry) => !isOperation(entry) || ['public', 'optional'].includes(entry.declaration.auth))
  .filter(({ declaration }) =>
    capabilitiesOf(declaration)
      .filter(({ name }) => !replacing.has(name))
      .some(({ name, grants }) => name === 'redemption' || grants.some(writesAccounts)),
  );

function writesAccounts(grant: Grant): boolean {
  const isTheirs = grant.on === 'table' && (grant.table === 'users' || grant.table === 'credentials');
  return isTheirs && grant.actions.includes('PutItem');
}
test('C10: nothing else than redeeming an invite can write users or credentials', () => {
  expect(creators).not.toEqual([]);
  for (const { id, declaration } of creators) {
    expect(
      declaration.uses.map(({ name }) => name),
      id,
    ).toContain('redemption');
  }
});

test.each(creators.map(({ id }) => id))('4xx C10: %s refuses whoever brings no invite', async (id) => {
  const entry = creators.filter(isOperation).find((one) => one.id === id);
  expect(entry, `${id} can be started without a request`).toBeDefined();
  for (const token of ['', `${'B'.repeat(22)}.${'B'.repeat(43)}`]) {
    const answer = await sendEvent(stack(), id, { body: { token } });
    expect(answer.status).toBe(404);
  }
  for (const { path } of entry!.declaration.forms ?? [])
    expect((await send(stack(), 'POST', path, { form: somebody() })).status).toBe(404);
  expect(await growth(stack(), before)).toEqual(nothing);
});

/** A second administrator who can invite. The session of the first one is not kept. */
async function extraAdmin(): Promise<SignedIn> {
  const { json } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login: chief, password: somebody().password, transport: 'token' },
  });
  return json;
}
