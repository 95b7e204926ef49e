import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, timed } from './measure.ts';
import type { Work } from './metered-work.ts';

/** What a lot of calls took. Milliseconds per call, and what they gave. */
export interface Lot {
  /** CPU time of the process: the work's own code with its garbage collection and compilation, and nothing else. */
  cpu: number;
  elapsed: number;
  /** What each call gave, those of several lanes as they came. */
  answers: readonly string[];
  last: string;
}

/**
 * A process that does one kind of work, as a Lambda function has a sandbox of its own: its CPU time is what Lambda
 * would bill, while API Gateway, the AWS gateway and the engine run, and are counted, elsewhere.
 */
export class Metered {
  readonly #process: ChildProcess;

  /** @param environment all environment variables of the process. */
  constructor(work: Work, environment: Readonly<Record<string, string>> = {}) {
    const file = fileURLToPath(new URL('./metered-work.ts', import.meta.url));
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.#process = fork(file, [JSON.stringify(work)], { env: environment, execArgv: [], stdio: [...stdio] });
  }

  /** Makes one call per input, `lanes` at a time. */
  async run(inputs: readonly string[], lanes = 1): Promise<Lot> {
    this.#process.send({ inputs, lanes });
    const ended = new AbortController();
    const { signal } = ended;
    try {
      const [lot] = (await Promise.race([
        once(this.#process, 'message', { signal }),
        once(this.#process, 'exit', { signal }).then(() => Promise.reject(new Error('the work has failed'))),
      ])) as [Omit<Lot, 'last'>];
      return { ...lot, last: lot.answers.at(-1)! };
    } finally {
      ended.abort();
    }
  }

  stop(): void {
    this.#process.kill();
  }
}

/** One call of what runs in other processes, too: how long it lasts, and nothing of CPU time. */
export const timedLot = async (work: () => Promise<unknown>): Promise<Lot> => ({
  cpu: Number.NaN,
  elapsed: await timed(work),
  answers: [],
  last: '',
});

type Times = Pick<Lot, 'cpu' | 'elapsed'>;

/** The medians of a kind of lots, and the times of each round. */
export interface Turns extends Times {
  rounds: readonly Times[];
}

/**
 * CPU time, or duration, of one kind to that of another, as the median of what each round says: rounds apart may see another
 * machine, on which others work.
 */
export const ratio = (one: Turns, other: Turns, of: keyof Times = 'cpu'): number =>
  median(one.rounds.map((times, round) => times[of] / other.rounds[round]![of]));

/**
 * Medians of lots that take turns, so that whatever else the machine does falls on all alike. Rounds count from 0,
 * those of the warm-up included.
 */
export async function takeTurns<Name extends string>(
  lots: Readonly<Record<Name, (round: number) => Promise<Lot>>>,
  rounds: number,
  warmUp: number,
): Promise<Record<Name, Turns>> {
  const names = Object.keys(lots) as Name[];
  const taken = new Map<Name, Lot[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + warmUp; round += 1) {
    // Who goes first also takes turns.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const lot = await lots[name](round);
      if (round >= warmUp) taken.get(name)!.push(lot);
    }
  }
  const middle = (all: readonly Lot[]): Turns => ({
    cpu: median(all.map(({ cpu }) => cpu)),
    elapsed: median(all.map(({ elapsed }) => elapsed)),
    rounds: all.map(({ cpu, elapsed }) => ({ cpu, elapsed })),
  });
  return Object.fromEntries(names.map((name) => [name, middle(taken.get(name)!)])) as Record<Name, Turns>;
}
