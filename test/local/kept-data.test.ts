import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findDynoxide } from '#local/engine/dynoxide.ts';
import { startStack } from '#local/stack/stack.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { refresh } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { linkState, listAll } from '../harness/invites/invites.ts';
import { codeState } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { register, somebody } from '../harness/people/people.ts';
import { ask, relayToken } from '../harness/relay/relay.ts';
import { keysOf } from '../harness/relay/keys.ts';
import { keptReleases, unpack } from '../kept/archive.ts';

const isHere = (await findDynoxide()) !== undefined;

describe.skipIf(!isHere).each(keptReleases())('the data of %s', (version) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-kept-data-'));
  const { at, known } = unpack(version, dataDir);
  const { admin, members, links } = known;
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ assembly: inject('assemblies').plain, dataDir, timeoutFactor: 8 });
    stack.clock.offsetSeconds = (at - Date.now()) / 1_000;
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true });
  });
  const get = (path: string, token: string) =>
    send<{ items: { action: string }[] }>(stack, 'GET', path, { token });

  test.each(Object.entries(members))(
    'R8.3: sessions hold, and passwords under %s',
    async (_, { user, session }) => {
      expect((await get('/v1/me', session.token)).json).toMatchObject({ id: user.id });
      expect((await signIn(stack, user.username)).json.user.id).toBe(user.id);
    },
  );

  test('R8.3: who is disabled is not let in', async () => {
    expect((await signIn(stack, known.disabled)).status).not.toBe(201);
  });

  test('R8.3: links and codes lead where they led, and let guests in', async () => {
    const states = await Promise.all(Object.values(links).map((token) => linkState(stack, token)));
    expect(states).toEqual(['active', 'active', 'used', 'revoked', 'expired']);
    expect(await codeState(stack, known.code)).toBe('active');
    const shown = await listAll(stack, admin, { limit: '100' });
    const { email } = shown.find((invite) => invite.email?.startsWith('mailed'))!;
    await register(stack, links.open, somebody('new'));
    await register(stack, links.mailed, { ...somebody('new'), email });
    expect(await linkState(stack, links.open)).toBe('used');
  });

  test('R8.3: stored API keys are there, and serve', async () => {
    expect(await keysOf(stack, members.bcrypt)).toMatchObject([{ service: 'claude', state: 'active' }]);
    expect((await ask(stack, await relayToken(stack, members.bcrypt))).status).toBe(200);
  });

  test('R8.3: an app goes on with its refresh token', async () => {
    expect((await refresh(stack, known.refreshToken)).status).toBe(200);
  });

  test('R8.3: administrators see invites and the trail', async () => {
    const invites = await listAll(stack, admin, { limit: '100' });
    expect(new Set(invites.map(({ status }) => status))).toEqual(
      new Set(['active', 'used', 'revoked', 'expired']),
    );
    const { items } = (await get('/v1/admin/audit?limit=100', admin.session.token)).json;
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['registration', 'invite.create', 'relay.call', 'user.disable']),
    );
  });

  test('R8.3: a mail that was owed goes out', async () => {
    stack.clock.offsetSeconds += 3_600;
    await stack.settle();
    expect(stack.mails(known.owed)).toHaveLength(1);
  });
});
