import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { synthesize } from '#infra/synthesize.ts';
import { startStack } from '#local/stack/stack.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { tableNames } from '#shared/deployment/tables.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { changeUser } from '../harness/people/managing.ts';
import {
  firstAdmin,
  invite,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
} from '../harness/people/people.ts';
import { variants } from '../harness/stack/variants.ts';
import { folder, latchkey } from './latchkey.ts';
import { servePointInTime } from './point-in-time.ts';
import { callEngineOf } from '../harness/stack/call-engine.ts';

const settings = {
  mailFrom: 'invites@latchkey.example',
  protect: false,
  ...variants.plain,
};

interface People {
  admin: Awaited<ReturnType<typeof firstAdmin>>;
  [name: string]: Awaited<ReturnType<typeof firstAdmin>>;
}

/** A stack that keeps its data, with DynamoDB's past states of it. */
async function openDrill() {
  const dataDir = join(folder(), 'data');
  const options = { store: inject('store'), dataDir, timeoutFactor: 8 };
  // Outside the range from which the system assigns free ports: the stack needs the same port when it restarts.
  const port = 20_000 + (process.pid % 10_000);
  let stack = await startStack({ ...options, assembly: inject('assemblies').plain, port });
  const outputs = (name: string) =>
    name.endsWith('stateful')
      ? Object.fromEntries(
          tableNames.map((table) => [`${table[0]!.toUpperCase()}${table.slice(1)}TableName`, table]),
        )
      : {};
  const aws = await servePointInTime(stack, outputs);
  onTestFinished(async () => {
    aws.close();
    await stack.stop();
  });
  return {
    stack: () => stack,
    aws,
    /** Deploys the stack with the setting, on the same data and at the same address. */
    async deploy(restoredTables: object) {
      const taken = Number(new URL(stack.app).port);
      const { offsetSeconds } = stack.clock;
      await stack.stop();
      const assembly = join(folder(), 'assembly');
      synthesize(
        { 'latchkey:local': 'true', latchkey: { ...settings, restoredTables } },
        assembly,
        findOperations(),
      );
      stack = await startStack({ ...options, assembly, port: taken });
      stack.clock.offsetSeconds = offsetSeconds;
    },
    restore: (...args: readonly string[]) =>
      latchkey(['restore', ...args, '--region', 'us-east-1'], {
        env: {
          AWS_ENDPOINT_URL_DYNAMODB: aws.url,
          AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
          AWS_ACCESS_KEY_ID: stack.insider()['AWS_ACCESS_KEY_ID']!,
          AWS_SECRET_ACCESS_KEY: 'secret',
        },
      }),
  };
}

const me = async (stack: Stack, { session: { token } }: People['admin']): Promise<number> =>
  (await send(stack, 'GET', '/v1/me', { token })).status;
const signIn = (stack: Stack, { user }: People['admin']) =>
  send<People['admin']>(stack, 'POST', '/v1/sessions', {
    json: { login: user.username, password, transport: 'token' },
  });
const rename = (stack: Stack, { session: { token } }: People['admin'], firstName: string) =>
  send(stack, 'PATCH', '/v1/me', { token, json: { firstName } });

/** Deletes rows of a table as no operation does. */
async function lose(stack: Stack, table: string, ...keys: readonly Record<string, string>[]): Promise<void> {
  const call = callEngineOf(stack);
  for (const key of keys)
    await call('DeleteItem', {
      TableName: table,
      Key: Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }])),
    });
}

const timeOf = (stack: Stack): string => new Date(stack.clock.now()).toISOString().replace(/\.\d+/, '');

test('R8.3: a restored table has the data of before, and lets in nobody who was shut out since, at the same address', async () => {
  const drill = await openDrill();
  const stack = drill.stack();
  const admin = await firstAdmin(stack);
  const guest = async (name: string) => register(stack, await openInvite(stack, admin), somebody(name));
  const people: People = { admin };
  for (const name of ['kim', 'lee', 'nia', 'pat']) people[name] = await guest(name);
  const { kim, lee, nia, pat } = people as Record<string, People['admin']>;
  await rename(stack, kim!, 'Kim');
  const elsewhere = (await signIn(stack, kim!)).json;
  const [used, open, lost] = await invite(stack, admin, { count: 3 });
  await drill.aws.remember('users');
  await drill.aws.remember('invites');
  stack.clock.offsetSeconds = 60;
  const at = timeOf(stack);
  stack.clock.offsetSeconds = 3_600;

  const ended = await send(stack, 'DELETE', '/v1/sessions/others', {
    token: elsewhere.session.token,
  });
  expect(ended.status, ended.text).toBeLessThan(300);
  await changeUser(stack, admin, lee!.user.id, { disabled: true });
  const left = await send(stack, 'DELETE', '/v1/me', { token: nia!.session.token, json: { password } });
  expect(left.status, left.text).toBeLessThan(300);
  const mia = await register(stack, tokenOf(used!.url), somebody('mia'));
  expect((await rename(stack, elsewhere, 'Overwritten by a mistake')).status).toBe(200);
  await lose(stack, 'users', { pk: `user#${pat!.user.id}` }, { pk: `username#${pat!.user.username}` });
  await lose(stack, 'invites', { pk: `invite#${lost!.id}`, sk: 'record' });
  expect(await linkState(stack, tokenOf(lost!.url))).not.toBe('active');
  expect((await signIn(stack, pat!)).status).toBe(401);

  const plan = await drill.restore('--table', 'users', '--at', at, '--plan');
  expect(plan, plan.prose).toMatchObject({ code: 0, data: '', prose: expect.stringContaining('users-at-') });
  expect(drill.aws.actions).toEqual(['ListTagsOfResource', 'DescribeContinuousBackups']);

  const restored = await drill.restore('--table', 'users', '--at', at, '--yes');
  expect(restored.code, restored.prose).toBe(0);
  for (const line of [
    'Lost people who come back: 1.',
    'Lost people who stay away, as they have deleted their account since: 1.',
    'People who stay disabled, and were not then: 1.',
    'sign in again',
  ])
    expect(restored.prose).toContain(line);
  // Two deletions before the policy took effect, then three refusals in a row.
  expect(drill.aws.actions.filter((action) => action === 'DeleteItem')).toHaveLength(5);
  // The table stays closed until the deployment, so that no change is made that the restored table would lack.
  expect((await rename(stack, elsewhere, 'Lost')).status).toBe(503);
  expect(await me(stack, elsewhere)).toBe(200);
  const { users } = (JSON.parse(restored.data) as { restoredTables: Record<string, { name: string }> })
    .restoredTables;
  expect([...drill.aws.recovers]).toEqual([users!.name]);
  const time = expect.stringMatching(/^2.*:\d\d\.000Z$/) as string;
  expect([...drill.aws.tags.values()].flat()).toEqual([
    { Key: 'latchkey:restored-from', Value: 'users' },
    { Key: 'latchkey:complete-since', Value: time },
  ]);
  // A repeated run finds everything done.
  expect((await drill.restore('--table', 'users', '--at', at, '--yes')).data).toBe(restored.data);

  // The same command goes on after a failure at any step.
  const again = (...more: string[]) => drill.restore('--table', 'invites', '--at', at, ...more);
  for (const step of [
    'RestoreTableToPointInTime',
    'UpdateContinuousBackups',
    'PutResourcePolicy',
    'BatchWriteItem',
  ]) {
    drill.aws.refuseOnce(step);
    const stopped = await again('--yes');
    expect({ step, code: stopped.code, data: stopped.data }).toEqual({ step, code: 1, data: '' });
    expect(stopped.prose).toMatch(/AWS refuses \(AccessDeniedException\)[^]*Run the same command again/);
  }
  // After DynamoDB has forgotten that time, a restore that was begun can still be given up or go on. No new one begins there.
  drill.aws.forget();
  expect((await drill.restore('--table', 'users', '--at', at, '--yes')).data).toBe(restored.data);
  expect(await drill.restore('--table', 'quotas', '--at', at, '--yes')).toMatchObject({
    code: 2,
    prose: expect.stringContaining('Nothing can be restored to'),
  });
  // After a restore is given up, the table in use takes writes again, and a later restore copies them too.
  expect((await again('--cancel')).prose).toContain('invites takes writes again');
  const [late] = await invite(stack, admin);
  const second = await again('--yes');
  expect(second.code, second.prose).toBe(0);
  const { invites } = (JSON.parse(second.data) as { restoredTables: Record<string, object> }).restoredTables;
  const { app } = stack;
  await drill.deploy({ users, invites });
  const now = drill.stack();
  expect(now.app).toBe(app);

  for (const session of [kim!, elsewhere, mia, admin, lee!, nia!]) expect(await me(now, session)).toBe(401);
  const back = await signIn(now, kim!);
  expect(back.status).toBe(201);
  expect(
    (await send<{ firstName: string }>(now, 'GET', '/v1/me', { token: back.json.session.token })).json,
  ).toMatchObject({
    id: kim!.user.id,
    firstName: 'Kim',
  });
  expect((await signIn(now, pat!)).json.user.id).toBe(pat!.user.id);
  expect((await signIn(now, mia)).status).toBe(201);
  expect((await signIn(now, nia!)).status).toBe(401);
  expect((await signIn(now, lee!)).status).not.toBe(201);
  expect(await linkState(now, tokenOf(used!.url))).toBe('used');
  for (const { url } of [open!, late!]) expect(await linkState(now, tokenOf(url))).toBe('active');
  const name = nia!.user.username;
  const next = await register(now, tokenOf(lost!.url), { ...somebody(), username: name });
  expect(next.user.username).toBe(name);
  expect((await rename(now, next, 'Nia')).status).toBe(200);
  // The last administrator counts as one.
  const boss = (await signIn(now, admin)).json;
  expect((await changeUser(now, boss, boss.user.id, { disabled: true })).status).toBe(409);
});

test('R8.3: a restore that would let people in again is refused, and a time that is none', async () => {
  const at = '2026-11-28T10:00:00Z';
  expect(await latchkey(['restore', '--table', 'sessions', '--at', at])).toMatchObject({
    code: 1,
    prose: expect.stringContaining('would let their holders in again'),
  });
  expect(await latchkey(['restore', '--table', 'users', '--at', 'yesterday'])).toMatchObject({
    code: 2,
    prose: expect.stringContaining('with its zone'),
  });
});
