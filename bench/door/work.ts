import type { Stack } from '#local/stack/running-stack.ts';
import { meteredFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns } from '../harness/metered.ts';
import { recordCalls } from '../harness/record-calls.ts';
import { repeatable } from '../harness/repeatable.ts';
import type { Step } from './steps.ts';

/** Each process still compiles after two thousand calls. */
const warmUp = 25;
const rounds = 11;
const callsPerRound = 100;

/**
 * CPU time of a function against that of its AWS calls and of signing and checking its tokens with `jose`, which every provider
 * must do. Each runs in its own process.
 */
export async function workFigures(stack: Stack, assembly: string, step: Step): Promise<Figure[]> {
  const { what, id, events, tokensOf } = step;
  const [first, second] = (await events(2, [])) as [string, string];
  const { calls: recorded, answer } = await recordCalls(stack, assembly, id, [first, second]);
  const calls = recorded.map(repeatable);
  const tokens = tokensOf(answer);
  const { metered: whole, environment } = meteredFunction(stack, assembly, id);
  const aws = new Metered({ kind: 'calls', before: calls }, environment);
  const bare = tokens ? new Metered({ kind: 'calls', before: calls, tokens }, environment) : aws;
  const blank = Array<string>(callsPerRound).fill('');
  let answers: readonly string[] = [];
  try {
    const taken = await takeTurns<string>(
      {
        whole: async () => {
          const lot = await whole.run(await events(callsPerRound, answers));
          ({ answers } = lot);
          answers.forEach(tokensOf);
          return lot;
        },
        bare: () => bare.run(blank),
        // Without tokens, it is the same process as `bare`, and would be warmed up twice as much.
        ...(tokens && { aws: () => aws.run(blank) }),
      },
      rounds,
      warmUp,
    );
    const made = calls.map(({ action }) => action).join(', ');
    return [
      { what: `CPU of ${made}, bare`, value: (taken['aws'] ?? taken['bare'])!.cpu, unit: 'ms' },
      ...(tokens
        ? [
            {
              what: `with ${tokens.signed.length} tokens signed and ${tokens.checked.length} checked, bare`,
              value: taken['bare']!.cpu,
              unit: 'ms',
            },
          ]
        : []),
      {
        what: `CPU of ${what}, to that`,
        value: ratio(taken['whole']!, taken['bare']!),
        unit: '×',
        bound: { at: 'most', value: 1.3 },
      },
    ];
  } finally {
    for (const process of [whole, aws, bare]) process.stop();
  }
}
