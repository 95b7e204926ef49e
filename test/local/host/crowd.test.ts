import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '#local/base/listen.ts';
import { apiHandler } from '#local/host/api-gateway.ts';
import type { Outcome } from '#local/host/outcome.ts';
import { http } from './http.ts';

const payload = JSON.stringify({ statusCode: 200, body: 'done' });

/** Serves one route. The test decides when its function starts and when it answers. */
async function gateway() {
  const asked = Promise.withResolvers<{ start(): void; answer(outcome: Outcome): void }>();
  const routes = [{ key: 'GET /x', target: 'arn', allowed: true, timeoutMs: 30_000 }];
  const invoke = (_arn: string, _event: string, start: () => void) =>
    new Promise<Outcome>((answer) => asked.resolve({ start, answer }));
  const handler = apiHandler({
    routes,
    invoke,
    log: () => undefined,
    onAnswer: () => undefined,
    now: Date.now,
  });
  const { url, close } = await listen(createServer(handler), 0, 'programs');
  onTestFinished(close);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return { answer: http(`${url}/x`), asked: asked.promise };
}

test('200 R4.12: whoever waits for their turn in a crowd is not refused for it', async () => {
  const { answer, asked } = await gateway();
  const invocation = await asked;
  vi.advanceTimersByTime(120_000);
  invocation.start();
  vi.advanceTimersByTime(29_000);
  invocation.answer({ payload });
  expect(await answer).toMatchObject({ status: 200, text: 'done' });
});

test('503: a function that takes longer than its route may, once it has started', async () => {
  const { answer, asked } = await gateway();
  (await asked).start();
  vi.advanceTimersByTime(30_000);
  expect((await answer).status).toBe(503);
});
