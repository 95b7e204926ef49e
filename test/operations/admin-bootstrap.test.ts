import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { inviteRef } from '#shared/invites/invite-rows.ts';
import { firstAdminInviteId } from '#shared/users/user.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { register, somebody, tokenOf } from '../harness/people/people.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';

/** Each test begins with a deployment that has no administrator yet. */
const stack = useStack();
beforeEach(() => stack().reset());

interface Answer {
  url?: string;
  expiresAt?: string;
  refused?: string;
}
const bootstrap = async () =>
  (await stack().invoke('admin-bootstrap', readEvent('admin-bootstrap'))) as Answer;

test("200 R4.7: gives the link that makes the first administrator, for the deployment's days", async () => {
  const { url, expiresAt } = await bootstrap();
  expect(url).toMatch(new RegExp(`^${stack().app}/invite/[\\w-]{22}\\.[\\w-]{43}$`));
  expect(Math.round((Date.parse(expiresAt!) - Date.now()) / 86_400_000)).toBe(7);
  const { user } = await register(stack(), tokenOf(url!));
  expect(user).toMatchObject({ role: 'admin', emailVerified: false });
});

test('200 R4.7: repeated, gives a new link, and the one before is dead', async () => {
  const first = await bootstrap();
  const second = await bootstrap();
  expect(await linkState(stack(), tokenOf(first.url!))).toBe('invalid');
  expect(await linkState(stack(), tokenOf(second.url!))).toBe('active');
});

test('200 R4.7: a new link is of a generation that none had, though the clock steps back or the row goes', async () => {
  const [links, generations]: [string[], number[]] = [[], []];
  for (const seconds of [0, -60, 60]) {
    stack().clock.offsetSeconds = seconds;
    // TTL deletes the row long after the invite has ended.
    if (seconds > 0)
      await insiderOf(stack()).documents.send(
        new DeleteCommand(inviteRef(insiderOf(stack()).config, firstAdminInviteId)),
      );
    links.push(tokenOf((await bootstrap()).url!));
    const [row] = rowsOf(await stack().dumpTables(), 'invites', 'id', firstAdminInviteId);
    generations.push(numberOf(row!, 'generation'));
  }
  expect(new Set(generations).size).toBe(3);
  expect(generations).toEqual(generations.toSorted((a, b) => a - b));
  const states = await Promise.all(links.map((link) => linkState(stack(), link)));
  expect(states).toEqual(['invalid', 'invalid', 'active']);
});

test('200 R4.7: a link that has expired can be had anew', async () => {
  const first = await bootstrap();
  stack().clock.offsetSeconds = 8 * 86_400;
  expect(await linkState(stack(), tokenOf(first.url!))).toBe('expired');
  const second = await bootstrap();
  expect((await register(stack(), tokenOf(second.url!))).user.role).toBe('admin');
});

test('200 R4.7: refuses once there is an administrator, and the old link stays used', async () => {
  const { url } = await bootstrap();
  await register(stack(), tokenOf(url!));
  expect(await bootstrap()).toEqual({ refused: 'admin_exists' });
  expect(await linkState(stack(), tokenOf(url!))).toBe('used');
});

test('200 R4.7: asked by several at once, at most one link is good', { tags: 'engine' }, async () => {
  const links = await Promise.all(Array.from({ length: 5 }, bootstrap));
  const states = await Promise.all(links.map(({ url }) => linkState(stack(), tokenOf(url!))));
  expect(states.filter((state) => state === 'active')).toHaveLength(1);
  expect(states.filter((state) => state === 'invalid')).toHaveLength(4);
});

test('200 R4.7: whoever is overtaken by another gets a link that is good, and ends the other’s', async () => {
  const moment = { function: 'admin-bootstrap', action: 'TransactWriteItems' };
  let early: Answer = {};
  const late = await meanwhile(stack(), moment, bootstrap, async () => (early = await bootstrap()));
  expect(await linkState(stack(), tokenOf(early.url!))).toBe('invalid');
  expect(await linkState(stack(), tokenOf(late.url!))).toBe('active');
});

test(
  '200 R4.7 C1: of ten who race with the link, one becomes administrator',
  { tags: 'engine' },
  async () => {
    const token = tokenOf((await bootstrap()).url!);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        send(stack(), 'POST', '/v1/register', { json: { token, transport: 'token', ...somebody() } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(others.map(({ json }) => json.code))).toEqual(new Set(['invite_used']));
    expect(await bootstrap()).toEqual({ refused: 'admin_exists' });
  },
);

test(
  '200 R4.7: a bootstrap that races the registration never opens a second way in',
  { tags: 'engine' },
  async () => {
    const token = tokenOf((await bootstrap()).url!);
    const [answer, again] = await Promise.all([
      send(stack(), 'POST', '/v1/register', { json: { token, transport: 'token', ...somebody() } }),
      bootstrap(),
    ]);
    const registered = answer.status === 201;
    expect(again).toEqual(
      registered ? { refused: 'admin_exists' } : expect.objectContaining({ url: again.url }),
    );
    const links = [token, ...(again.url ? [tokenOf(again.url)] : [])];
    const states = await Promise.all(links.map((link) => linkState(stack(), link)));
    expect(states.filter((state) => state === 'active')).toHaveLength(registered ? 0 : 1);
  },
);
