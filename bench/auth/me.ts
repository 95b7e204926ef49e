import { availableParallelism } from 'node:os';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered } from '../harness/metered.ts';
import type { Person } from '../harness/people.ts';

/**
 * Each instance has its own JavaScript engine, which still compiles after a thousand requests: the first two thousand requests
 * cost nearly twice as much as later ones.
 */
const warmUp = 6_000;
const alone = 300;
const together = 2_000;
const atOnce = 16;
const cores = availableParallelism();

/**
 * Latency of "who am I" through the whole local stack, measured from a separate process. The CPU time of a request explains the
 * waits: if more requests run at once than there are cores, they queue. That CPU time includes API Gateway, the AWS gateway and
 * the client, but not the DynamoDB engine.
 */
export async function meFigures(stack: Stack, { session }: Person): Promise<Figure[]> {
  const client = new Metered({ kind: 'get', url: `${stack.app}/v1/me` });
  const ask = (times: number, lanes: number) => client.run(Array<string>(times).fill(session.token), lanes);
  try {
    await ask(warmUp, atOnce);
    const single = await ask(alone, 1);
    const before = process.cpuUsage();
    const crowded = await ask(together, atOnce);
    const { user, system } = process.cpuUsage(before);
    if (!crowded.last.includes('"username"')) throw new Error(`me-read answered ${crowded.last}`);
    const cpu = (user + system) / 1_000 / together + crowded.cpu;
    return [
      { what: '"who am I" on the local stack, mean, one at a time', value: single.elapsed, unit: 'ms' },
      {
        what: `"who am I" on the local stack, mean, ${atOnce} at once`,
        value: crowded.elapsed,
        unit: 'ms',
        bound: { at: 'most', value: 10 },
      },
      {
        what: `CPU of ${atOnce} such requests, on ${cores} free cores`,
        value: (atOnce * cpu) / cores,
        unit: 'ms',
      },
    ];
  } finally {
    client.stop();
  }
}
