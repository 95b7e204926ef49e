import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { compare, hash } from 'bcryptjs';
import { asker } from './ask.ts';
import { bareCaller, type BareCall } from './bare-calls.ts';
import { bareTokenWork, type BareTokens } from './bare-tokens.ts';
import { handlerRunner } from './run-handler.ts';
import type { Call } from './metered-call.ts';

/** The work of a metered process for each input. */
export type Work =
  /** Passes an event to a function's bundle. */
  | { kind: 'handler'; file: string; exportName: string }
  /**
   * Makes the AWS calls in `before`, signs and checks the tokens, and hashes a password. The calls in `after` run after the
   * measured time. The input is ignored.
   */
  | {
      kind: 'calls';
      before: readonly BareCall[];
      after?: readonly BareCall[];
      tokens?: BareTokens;
      hashCost?: number;
    }
  /** Compares the input with a bcrypt hash. */
  | { kind: 'compare'; hash: string }
  /** Has Better Auth do the input's task, with PostgreSQL at `address` or with SQLite in memory. */
  | { kind: 'peer'; file: string; address?: string; hashCost: number }
  /** Requests `url` on kept-alive connections. The input is the session's token. */
  | { kind: 'get'; url: string }
  /** Asks a `Question`. The measured time ends with the answer's first byte or its end. */
  | { kind: 'ask'; until: 'first byte' | 'end' };

function replayed({ before, after = [], tokens, hashCost }: Extract<Work, { kind: 'calls' }>): Call {
  const make = bareCaller();
  const work = tokens && bareTokenWork(tokens);
  return async () => {
    await make(before);
    await work?.();
    if (hashCost !== undefined) await hash('-'.repeat(43), hashCost);
    return { last: '', rest: make(after) };
  };
}

/** Loaded only on demand: only the benchmark that uses it has installed it. */
function peer(options: Extract<Work, { kind: 'peer' }>): Call {
  const ready = (import(options.file) as Promise<{ peerCall(by: typeof options): Call }>).then(
    ({ peerCall }) => peerCall(options),
  );
  return async (input) => (await ready)(input);
}

function callOf(work: Work): Call {
  switch (work.kind) {
    case 'handler':
      return handlerRunner(work.file, work.exportName);
    case 'calls':
      return replayed(work);
    case 'ask':
      return asker(work.until);
    case 'peer':
      return peer(work);
    case 'compare':
      return async (input) => ({ last: String(await compare(input, work.hash)) });
    case 'get': {
      const agent = new Agent({ keepAlive: true });
      return async (token) => {
        const headers = { authorization: `Bearer ${token}` };
        const last = await new Promise<string>((resolve, reject) => {
          request(work.url, { agent, headers }, (response) => resolve(text(response)))
            .on('error', reject)
            .end();
        });
        return { last };
      };
    }
  }
}

const call = callOf(JSON.parse(process.argv[2]!) as Work);

async function run({ inputs, lanes }: { inputs: string[]; lanes: number }): Promise<void> {
  let elapsed = 0;
  const answers: string[] = [];
  const waiting = inputs.values();
  const lane = async () => {
    for (const input of waiting) {
      const start = performance.now();
      const done = await call(input);
      elapsed += performance.now() - start;
      answers.push(done.last);
      await done.rest;
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000;
  process.send!({ cpu: cpu / inputs.length, elapsed: elapsed / inputs.length, answers });
}

process.on('message', (lot: Parameters<typeof run>[0]) => void run(lot));
