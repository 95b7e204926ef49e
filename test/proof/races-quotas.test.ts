/** @module-tag engine */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { callEngineOf } from '../harness/stack/call-engine.ts';
import { changeUser } from '../harness/people/managing.ts';
import { ask, keyHolder, quotaOf, relayToken } from '../harness/relay/relay.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { useStack } from '../harness/stack/stack.ts';
import { prove } from './races/prove.ts';
import { mishaps, race, type Racer } from './races/race.ts';

const stack = useStack();
const limit = 3;

/** A race across midnight begins this many seconds before it. */
const shortlySeconds = 5;

/** Seconds until shortly before the next midnight in UTC. */
const untilEvening = (): number => daySeconds - ((Date.now() / 1_000) % daySeconds) - shortlySeconds;

prove(stack, {
  name: 'R1.6 C56 C57: of questions at once no more than are left are answered, each counts once, and what failed is given back',
  plan: fc.record({
    questions: fc.integer({ min: 2, max: 6 }),
    failures: fc.nat(3),
    isNight: fc.boolean(),
    mishaps,
  }),
  async prepare(admin) {
    const who = await keyHolder(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { questions: limit, requests: 1_000 } });
    return who;
  },
  async race(scheduler, { questions, failures, isNight, mishaps }, who) {
    const call = callEngineOf(stack());
    const TableName = stack().insider()['TABLE_QUOTAS'];
    await call('DeleteItem', { TableName, Key: { userId: { S: who.user.id } } });
    stack().clock.offsetSeconds = isNight ? untilEvening() : untilEvening() - 7_200;
    const token = await relayToken(stack(), who);
    stack().provider.behave(failures > 0 ? [{ kind: 'refuse', times: failures }] : []);
    const racers = Array.from(
      { length: questions },
      (): Racer => (headers) => ask(stack(), token, { headers }),
    );
    const midnight = (): void => void (stack().clock.offsetSeconds += 2 * shortlySeconds);
    const answers = await race(stack(), scheduler, racers, { mishaps, events: isNight ? { midnight } : {} });

    const count = (wanted: number): number => answers.filter(({ status }) => status === wanted).length;
    const [answered, failed, refused] = [count(200), count(502), count(429)];
    const { questions: left } = await quotaOf(stack(), who);
    const said = `${answered} answered, ${failed} failed, ${refused} refused, ${left.used} used`;
    expect(answered + failed + refused, answers.map(({ status, text }) => `${status} ${text}`).join()).toBe(
      questions,
    );
    expect(failed, said).toBeLessThanOrEqual(failures);
    expect(answered, said).toBeLessThanOrEqual(isNight ? 2 * limit : limit);
    expect(left.used, said).toBeLessThanOrEqual(Math.min(limit, answered));
    if (!isNight) expect(left.used, said).toBe(answered);
    // A question is refused only if others took all places.
    if (refused > 0) expect(answered + failed, said).toBeGreaterThanOrEqual(limit);
    if (failures === 0 && !isNight) expect(answered, said).toBe(Math.min(limit, questions));
  },
});
