import { expect, test } from 'vitest';
import { signInToPortal } from '../harness/apps/door.ts';
import { mailedGuest, password } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { listAll } from '../harness/invites/invites.ts';
import { latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();

test('R7.3 R6.1: show tells in words what became of an invite, and to which apps somebody has signed in', async () => {
  const who = await mailedGuest(stack(), admin);
  await signInToPortal(stack(), who);
  const run = async (...args: string[]) =>
    (await latchkey(args, { env: signedInTo(stack(), admin) })).data.trimEnd().split('\n');
  const [row] = await listAll(stack(), admin, { email: who.user.email! });
  const invite = await run('invites', 'show', row!.id);
  const person = await run('users', 'show', who.user.id);
  expect([...invite, ...person].filter((line) => line.includes('[object'))).toEqual([]);
  const time = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
  for (const stage of ['made', 'sent', 'registered', 'firstAppSignIn'])
    expect(invite).toContainEqual(expect.stringMatching(`^${stage}\t${time}$`));
  expect(invite.filter((line) => /^(bounced|complained)\t/.test(line))).toEqual([]);
  expect(person).toContainEqual(expect.stringMatching(`^app\tPortal, first ${time}, last ${time}$`));
});

test('an id that there is none of is told in words of the command line', async () => {
  for (const args of [
    ['invites', 'show', 'nothing'],
    ['users', 'show', 'nothing'],
    ['invites', 'revoke', 'nothing'],
  ]) {
    const { code, prose } = await latchkey(args, { env: signedInTo(stack(), admin) });
    expect({ code, prose }).toEqual({ code: 1, prose: expect.stringContaining('latchkey invites list') });
    expect(prose).toContain('The server has nothing of this id.');
  }
});

test('a folder for profiles that cannot be made is told by its path and in words', async () => {
  const reason = /^\/sys\S*: (no permission|it can only be read)\.\n$/;
  const { code, prose } = await latchkey(['login', '--url', stack().app, '--password'], {
    env: { XDG_CONFIG_HOME: '/sys' },
    input: `${admin.user.username}\n${password}\n`,
  });
  expect({ code, prose }).toEqual({ code: 2, prose: expect.stringMatching(reason) });
});
