import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { post } from '../harness/apps/door.ts';
import { useStack } from '../harness/stack/stack.ts';
import { latchkey } from './latchkey.ts';

const stack = useStack();

test('apps secret makes none where nobody would see it, and says what it lacks', async () => {
  const args = ['apps', 'secret', 'intranet', '--local', stack().control];
  const shell = 'exec "$@" >&-';
  expect((await latchkey(args, { shell })).code).toBe(2);
  expect((await latchkey(args.slice(0, 3))).code).toBe(2);
  expect(await latchkey([...args, '--end-former'])).toMatchObject({
    code: 2,
    data: '',
    prose: expect.stringContaining('--renew'),
  });
});

test('R6.4: apps secret prints the secret of an app once, by AWS credentials, and the next one with --renew', async () => {
  const env = {
    AWS_ENDPOINT_URL_LAMBDA: stack().lambda,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator-secret',
  };
  const args = ['apps', 'secret', 'intranet', '--function', 'app-secret', '--region', 'us-east-1'];
  const first = await latchkey(args, { env });
  expect(first).toEqual({ code: 0, data: expect.stringMatching(/^[\w-]{43}\n$/), prose: '' });
  const again = await latchkey(args, { env });
  expect(again).toMatchObject({ code: 1, data: '', prose: expect.stringContaining('--renew') });
  expect(again.prose).not.toContain(first.data.trim());
  const next = await latchkey([...args, '--renew', '--json'], { env });
  expect(JSON.parse(next.data)).toEqual({
    clientId: 'intranet',
    generation: 2,
    secret: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('R6.4: with --end-former the next one is the only one', async () => {
  const args = ['apps', 'secret', 'intranet', '--local', stack().control, '--renew'];
  const secretOf = async (...more: string[]) => (await latchkey([...args, ...more])).data.trim();
  const [first, second, last] = [await secretOf(), await secretOf(), await secretOf('--end-former')];
  const statuses = [first, second, last].map(
    async (client_secret) =>
      (await post(stack(), '/oauth/revoke', { client_id: 'intranet', client_secret, token: 'none' })).status,
  );
  expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
});

test.each([
  ['is cut off', 4, (socket: Socket) => void socket.destroy()],
  ['cannot be read', 1, (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{')],
  ['says that Lambda is down', 1, (socket: Socket) => void socket.end('HTTP/1.1 502 Bad\r\n\r\n')],
])('C115: a secret whose answer %s may be made, which apps secret says', async (_, code, answer) => {
  const lambda = createServer().on('connection', (socket) => socket.once('data', () => answer(socket)));
  await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
  const env = {
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator-secret',
  };
  const args = ['apps', 'secret', 'intranet', '--function', 'app-secret', '--region', 'us-east-1', '--json'];
  const ran = await latchkey(args, { env });
  lambda.close();
  expect(ran).toMatchObject({ code, prose: expect.stringContaining('The secret may be made') });
  expect(JSON.parse(ran.data)).toMatchObject({ error: { mayBeDone: true } });
});

test.each([
  ['portal', 'confidential'],
  ['nobody', 'There is no app nobody'],
])('R6.4: apps secret says why there is none for %s', async (app, why) => {
  const ran = await latchkey(['apps', 'secret', app, '--local', stack().control]);
  expect(ran).toMatchObject({ code: 1, data: '', prose: expect.stringContaining(why) });
});

test('the control port of an npm start that lacks the function is no wrong address, but another version', async () => {
  const older = createServer((_request, response) =>
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: 'there is no function app-secret' })),
  );
  await new Promise<void>((resolve) => older.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(older.address() as AddressInfo).port}`;
  const ran = await latchkey(['apps', 'secret', 'intranet', '--local', address]);
  older.close();
  expect(ran).toMatchObject({
    code: 1,
    prose: expect.stringMatching(/^The npm start at .* has no app-secret\.\n.*another version/),
  });
});

test('another address than that of the control port is told, for each that npm start prints', async () => {
  const { app, inbox, relay } = stack();
  for (const address of [app, inbox, String(relay)])
    expect(await latchkey(['apps', 'secret', 'intranet', '--local', address])).toMatchObject({
      code: 2,
      prose: `${address} is not the address that npm start prints after Control.\n`,
    });
});
