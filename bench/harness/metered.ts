import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, timed } from './measure.ts';
import type { Work } from './metered-work.ts';

/** The cost of a lot of calls, in milliseconds per call, and the answers. */
export interface Lot {
  /** CPU time of the process: the work's own code with its garbage collection and compilation, and nothing else. */
  cpu: number;
  elapsed: number;
  /** The answer of each call. With several lanes, in order of arrival. */
  answers: readonly string[];
  last: string;
}

/**
 * A process that does one kind of work, like a Lambda function in its own sandbox. Its CPU time is what Lambda would bill. API
 * Gateway, the AWS gateway and the engine run in other processes and are not included.
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

/** One call of work that also runs in other processes: only its duration, without CPU time. */
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
 * CPU time or duration of one kind relative to another, as the median of the ratio in each round: between rounds, other load on
 * the machine may change.
 */
export const ratio = (one: Turns, other: Turns, of: keyof Times = 'cpu'): number =>
  median(one.rounds.map((times, round) => times[of] / other.rounds[round]![of]));

/**
 * Medians of lots that take turns, so that other load on the machine affects all of them alike. Rounds count from 0, including
 * the warm-up.
 */
export async function takeTurns<Name extends string>(
  lots: Readonly<Record<Name, (round: number) => Promise<Lot>>>,
  rounds: number,
  warmUp: number,
): Promise<Record<Name, Turns>> {
  const names = Object.keys(lots) as Name[];
  const taken = new Map<Name, Lot[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + warmUp; round += 1) {
    // The first lot of a round also alternates.
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
