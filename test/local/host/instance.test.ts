import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { probe, startFixture } from './fixture.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture({ timeoutFactor: 1 })));
afterAll(() => stack.stop());

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => ({ name: error.name, message: error.message }),
  );

describe('an instance', () => {
  test('has the environment of its function, what Lambda adds, and nothing of ours', async () => {
    process.env['OF_THE_HOST'] = 'secret';
    const { environment, context } = (await probe(stack, 'surroundings')) as Record<
      string,
      Record<string, string>
    >;
    expect(environment).toMatchObject({
      ORIGIN: stack.app,
      SPLIT: 'things',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'ProbeFunction',
      AWS_LAMBDA_FUNCTION_NAME: 'fixture-api-probe',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      POWERTOOLS_TRACE_ENABLED: 'false',
    });
    expect(environment).not.toHaveProperty('OF_THE_HOST');
    expect(environment).not.toHaveProperty('NONE');
    expect(context).toMatchObject({
      functionName: 'fixture-api-probe',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:fixture-api-probe',
      memoryLimitInMB: '512',
    });
    // Out of 1000 milliseconds, some of which a busy machine may take.
    expect(Number(context?.['remaining'])).toBeGreaterThan(1);
    expect(Number(context?.['remaining'])).toBeLessThanOrEqual(1000);
  });

  test('is frozen between requests: its timers stand still', async () => {
    await probe(stack, 'startTicking');
    await probe(stack, 'wait', { ms: 20 });
    const before = Number(await probe(stack, 'ticks'));
    expect(before).toBeGreaterThan(0);
    await delay(60);
    // Between two requests the event loop may turn once, but not run for 60 milliseconds.
    expect(Number(await probe(stack, 'ticks'))).toBeLessThanOrEqual(before + 2);
  });

  test('is kept for later requests, and takes one at a time', async () => {
    const first = Number(await probe(stack, 'count'));
    expect(await probe(stack, 'count')).toBe(first + 1);
    const waits = await Promise.all([1, 2, 3, 4, 5, 6].map((ms) => probe(stack, 'wait', { ms })));
    expect(waits).toEqual([1, 2, 3, 4, 5, 6].map((ms) => ({ ms })));
  });

  test('is met by one request after the other, whatever events start meanwhile', async () => {
    const before = Number(await probe(stack, 'count'));
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<undefined>();
    const isUnderWay = new Promise<void>((arrived) => stack.hold(() => (arrived(), goesOn)));
    // The schedule's run occupies a thread and keeps it.
    stack.clock.offsetSeconds = 301;
    await isUnderWay;
    expect(await probe(stack, 'count')).toBe(before + 1);
    goOn(undefined);
    stack.hold(undefined);
    stack.clock.offsetSeconds = 0;
    await stack.settle();
  });

  test('begins anew where its function is started anew', async () => {
    await probe(stack, 'count');
    stack.restart('probe-run');
    expect(await probe(stack, 'count')).toBe(1);
  });

  test('answers null where the handler gives nothing', async () => {
    expect(await probe(stack, 'nothing')).toBeNull();
  });

  test('lives on the clock of the stack', async () => {
    stack.clock.offsetSeconds = 86_400;
    const asked = stack.clock.now();
    const time = (await probe(stack, 'time')) as Record<string, number>;
    const answered = stack.clock.now();
    stack.clock.offsetSeconds = 0;
    for (const name of ['now', 'constructed', 'called', 'subclass'] as const) {
      // Its text form has no milliseconds.
      expect(time[name], name).toBeGreaterThan(asked - 1_000);
      expect(time[name], name).toBeLessThanOrEqual(answered);
    }
    expect(time).toMatchObject({
      parsed: '2020-01-02T03:04:05.000Z',
      utc: Date.UTC(2020, 0, 2),
      isDate: true,
    });
    const { now } = (await probe(stack, 'time')) as Record<string, number>;
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('logs before it freezes', async () => {
    await probe(stack, 'log');
    const lines = stack.logs().filter((line) => line.function === 'probe-run');
    expect(lines.map(({ text }) => text).join('')).toContain('to stdout\nto stderr\n');
  });
});

describe('an instance that fails', () => {
  test.each(['hang', 'spin'])(
    'by time-out (%s) is terminated; the next request gets a new one',
    async (action) => {
      expect(await failureOf(probe(stack, action))).toEqual({
        name: 'Sandbox.Timedout',
        message: expect.stringMatching(/^RequestId: [\w-]{36} Error: Task timed out after 1.00 seconds$/),
      });
      expect(await probe(stack, 'answer', { answer: 1 })).toBe(1);
    },
  );

  test.each([
    ['exit', 'Runtime.ExitError', 'Runtime exited with exit status 3'],
    ['nothingLeft', 'Runtime.ExitError', 'Runtime exited with exit status 0'],
    ['reject', 'Error', 'nobody listens'],
  ])('by %s reports %s and is replaced', async (action, name, message) => {
    expect(await failureOf(probe(stack, action))).toEqual({ name, message });
    expect(await probe(stack, 'answer', { answer: 2 })).toBe(2);
  });

  test('by an exception only answers it, and lives on', async () => {
    const before = Number(await probe(stack, 'count'));
    expect(await failureOf(probe(stack, 'fail'))).toEqual({ name: 'TypeError', message: 'it failed' });
    expect(await probe(stack, 'count')).toBe(before + 1);
    expect(
      stack.logs().some(({ text }) => text.includes('"level":"ERROR"') && text.includes('it failed')),
    ).toBe(true);
  });

  test('while it loads says why, and what it logged', async () => {
    const error = { name: 'RangeError', message: 'this bundle cannot be loaded' };
    expect(await failureOf(stack.invoke('broken-run'))).toEqual(error);
    expect(await failureOf(stack.invoke('broken-run'))).toEqual(error);
    expect(stack.logs().map(({ text }) => text)).toContain('about to break\n');
  });
});

test('a deployment of other settings ends no request, and the next one finds them; the template’s instances wait', async () => {
  const settings = async () => {
    const { environment } = (await probe(stack, 'surroundings')) as { environment: { SETTINGS: string } };
    return JSON.parse(environment.SETTINGS) as object;
  };
  expect(await settings()).toEqual({ inviteDays: 7, locale: 'en' });
  const before = Number(await probe(stack, 'count'));
  const running = probe(stack, 'wait', { ms: 50 });
  stack.deploy({ locale: 'ja', keyDays: 3 });
  // A function gets only the settings that it reads.
  expect(await settings()).toEqual({ inviteDays: 7, locale: 'ja' });
  expect(await running).toEqual({ ms: 50 });
  expect(await probe(stack, 'count'), 'a new instance').toBe(1);
  stack.deploy({ locale: 'ja', keyDays: 3 });
  expect(await probe(stack, 'count'), 'nothing to deploy').toBe(2);
  stack.deploy({});
  expect(await probe(stack, 'count'), 'the one of the template').toBe(before + 1);
  expect(await settings()).toEqual({ inviteDays: 7, locale: 'en' });
});

test('requests beyond the instances of a function wait', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, answer) => probe(stack, 'answer', { answer })),
  );
  expect(answers).toEqual(Array.from({ length: 40 }, (_, answer) => answer));
});
