import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '#local/base/listen.ts';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { invite, tokenOf } from '../harness/people/people.ts';
import { linkState } from '../harness/invites/invites.ts';
import { latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();
const env = () => signedInTo(stack(), admin);

/** The words of the command that a message names. */
const commandIn = (prose: string): string[] => /^ {2}latchkey (.+)$/m.exec(prose)?.[1]?.split(' ') ?? [];

test('C111: what a filter has chosen goes on by the command that the message gave', async () => {
  const rows = await invite(stack(), admin, { count: 40, note: 'chosen' });
  stack().clearCalls();
  const once = () =>
    stack()
      .calls()
      .filter(({ action }) => action === 'TransactWriteItems').length > 1;
  const args = ['invites', 'revoke', '--note', 'chosen', '--status=active', '--yes'];
  const stopped = await latchkey(args, { env: env(), signal: { name: 'SIGTERM', once } });
  expect(stopped.code, stopped.prose).toBe(143);
  const { code, prose } = await latchkey(commandIn(stopped.prose), { env: env() });
  expect(code, prose).toBe(0);
  for (const { url } of rows) expect(await linkState(stack(), tokenOf(url))).toBe('revoked');
});

test('C111: a second signal names all that is not done, with what is under way', async () => {
  let asked = 0;
  const silent = await listen(
    createServer(() => void (asked += 1)),
    0,
    'programs',
  );
  onTestFinished(() => silent.close());
  const ids = Array.from({ length: 10 }, (_, at) => `invite-${at}`);
  const signal = { name: 'SIGTERM', once: () => asked >= 8, again: true } as const;
  const stopped = await latchkey(['invites', 'revoke', ...ids], {
    env: { ...env(), LATCHKEY_URL: silent.url },
    signal,
  });
  expect(stopped.code).toBe(143);
  expect(stopped.prose).toContain('0 of 10 are done, and up to 8 more: their answer is missing.');
  expect(commandIn(stopped.prose)).toEqual(['invites', 'revoke', ...ids]);
});

test('C115: of several that are not to be asked for twice, each whose answer is lost is named, and none is asked for again', async () => {
  const ids = Array.from({ length: 20 }, (_, at) => `invite-${at}`);
  const dead = new Set(['invite-9', 'invite-12']);
  const [row] = await invite(stack(), admin, { count: 1 });
  const { json: shown } = await send(stack(), 'GET', `/v1/admin/invites/${row!.id}`, {
    token: admin.session.token,
  });
  const server = await listen(
    createServer((request, response) => {
      const [, id = ''] = /invites\/([^/]+)\/reissue/.exec(request.url ?? '') ?? [];
      if (dead.has(id)) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...shown, id }));
    }),
    0,
    'programs',
  );
  onTestFinished(() => server.close());
  const { code, prose, data } = await latchkey(['invites', 'reissue', ...ids], {
    env: { ...env(), LATCHKEY_URL: server.url },
  });
  expect(code, prose).toBe(4);
  expect(data.trimEnd().split('\n')).toHaveLength(14);
  for (const id of dead)
    expect(prose).toContain(`${id} may have its new link: latchkey invites show ${id}\n`);
  expect(prose).toContain('14 of 20 are done, and up to 2 more: their answer is missing. For the others:');
  expect(commandIn(prose)).toEqual(['invites', 'reissue', ...ids.slice(16)]);
});

test('R0.7: ids of the command line and of standard input go together', async () => {
  const rows = await invite(stack(), admin, { count: 3 });
  const [first, second, third] = rows.map(({ id }) => id) as [string, string, string];
  const both = await latchkey(['invites', 'revoke', first, '-'], { env: env(), input: `${second}\n` });
  expect(both).toMatchObject({ code: 0, data: `${first}\trevoked\n${second}\trevoked\n` });
  const deleted = await latchkey(['invites', 'delete', '-', third, '--yes'], { env: env(), input: second });
  expect(deleted).toMatchObject({ code: 0, data: `${second}\tdeleted\n${third}\tdeleted\n` });
});
