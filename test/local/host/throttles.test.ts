import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { alarmsIn, rings } from '../../harness/stack/alarms.ts';
import { useJobs } from './assembly.ts';

/** Answers as soon as the file exists that the query names. */
const answer = `awslambda.streamifyResponse(async (event, stream) => {
  const { existsSync } = require('node:fs');
  const { file } = event.queryStringParameters;
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
  const from = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
  from.end('done');
  await require('node:events').once(from, 'finish');
})`;

const { stack, assembly } = useJobs(
  { 'test-answer': { trigger: 'url', handler: answer } },
  { relayConcurrency: 2, alarmEmail: 'ops@example.com' },
);
const file = join(tmpdir(), `latchkey-throttles-${process.pid}`);
afterAll(() => rmSync(file, { force: true }));

const ask = () => fetch(`${stack().relay}/?file=${encodeURIComponent(file)}`);
const started = () =>
  stack()
    .metrics()
    .filter(({ name, dimensions }) => name === 'Throttles' && dimensions['FunctionName']).length;

test('R8.4: beyond its reserved instances a function URL answers 429; R8.2: Throttles rings', async () => {
  const alarm = alarmsIn(assembly(), stack()).get('Throttles')!;
  const isRinging = () => rings(alarm, stack().metrics(), stack().clock.now());
  const underWay = [ask(), ask()];
  await expect.poll(started).toBe(2);
  expect(isRinging()).toBe(false);
  for (let count = 0; count < 5; count += 1) expect((await ask()).status).toBe(429);
  expect(isRinging()).toBe(true);
  writeFileSync(file, '');
  expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200]);
  // A throttled request does not count as failed.
  expect(stack().metrics()).not.toContainEqual(expect.objectContaining({ name: 'Errors', value: 1 }));
});
