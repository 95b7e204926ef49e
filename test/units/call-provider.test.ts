import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server } from 'node:net';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { second } from '#shared/clock.ts';
import { bodyOf, callProvider } from '#shared/relay/call-provider.ts';

beforeEach(() => {
  // Only the timers of the call: the sockets work in real time, and no test waits for it.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Calls a provider that may be silent for a minute, and must be done in a quarter of an hour unless `more` says otherwise. */
const call = (url: string, more: object = {}) =>
  callProvider({
    url: new URL(url),
    method: 'GET',
    headers: {},
    body: Buffer.alloc(0),
    silenceMs: 60 * second,
    deadline: 900 * second,
    now: 0,
    ...more,
  });

test('C58: a provider that drips bytes without end is stopped when the function’s time is over', async () => {
  let drip!: ServerResponse;
  const port = await portOf(createServer((_, response) => (drip = response).write('.')));
  const answer = await call(`http://127.0.0.1:${port}`, { deadline: 10 * second });
  let parts = 0;
  const read = async () => {
    for await (const _ of bodyOf(answer, 2 * second)) {
      parts += 1;
      if (parts === 20) drip.end();
      else drip.write('.');
      vi.advanceTimersByTime(second);
    }
  };
  await expect(read()).rejects.toMatchObject({ how: 'overdue' });
  expect(parts).toBe(10);
});

test('C58: so is one that has not begun to answer by then, however long it may be silent', async () => {
  const asked = Promise.withResolvers<void>();
  const port = await portOf(createServer(() => asked.resolve()));
  const answer = call(`http://127.0.0.1:${port}`, { now: 890 * second });
  await asked.promise;
  vi.advanceTimersByTime(10 * second);
  vi.advanceTimersByTime(60 * second);
  await expect(answer).rejects.toMatchObject({ how: 'overdue' });
});

test('C58: a host that takes the connection and never speaks TLS counts as unreached, long before silence would', async () => {
  const server = createNetServer();
  const answer = call(`https://127.0.0.1:${await portOf(server)}`);
  await once(server, 'connection');
  vi.advanceTimersByTime(5 * second);
  vi.advanceTimersByTime(60 * second);
  await expect(answer).rejects.toMatchObject({ how: 'unreached' });
});
