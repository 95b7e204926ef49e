import { Agent, request, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { readAll } from '#local/base/read-all.ts';
import { startFixture } from './fixture.ts';
import { http } from './http.ts';

/** A request over a connection that is kept alive for later ones, as browsers and SDKs use it. */
const kept = (url: string, agent: Agent, headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, headers }, (response) => {
      readAll(response).then(() => resolve(response), reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

test('C114: when the stack stops, requests under way are answered, also those that wait for a function', async () => {
  const stack = await startFixture();
  const agent = new Agent({ keepAlive: true });
  // Four requests run at once. The others wait for them.
  const answers = Array.from({ length: 12 }, () =>
    kept(`${stack.app}/`, agent, { 'x-do': 'wait', 'x-with': '{"ms":100}' }),
  );
  await Promise.race(answers);
  const stopped = stack.stop();
  const late = await http(`${stack.app}/`).catch((error: NodeJS.ErrnoException) => error.code);
  expect(late).toBe('ECONNREFUSED');
  const all = await Promise.all(answers);
  expect(all.map(({ statusCode }) => statusCode)).toEqual(all.map(() => 200));
  expect(all.at(-1)?.headers.connection).toBe('close');
  await stopped;
  agent.destroy();
});
