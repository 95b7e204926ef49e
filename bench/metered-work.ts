import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  UpdateItemCommand,
  type BatchGetItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { compare } from 'bcryptjs';
import { lean } from '#shared/aws/lean.ts';
import { patience } from '#shared/aws/outage.ts';

/** What a metered process does with each input. */
export type Work =
  /** Hands an event to a function's bundle, as Lambda's runtime does: from JSON to JSON. */
  | { kind: 'handler'; file: string; exportName: string }
  /** Makes two AWS calls, with our clients' settings and nothing around them; the input says nothing. */
  | { kind: 'calls'; read: BatchGetItemCommandInput; write: UpdateItemCommandInput }
  /** Compares the input with a bcrypt hash. */
  | { kind: 'compare'; hash: string }
  /** Asks for `url`, the input being the session's token, on connections that are kept. */
  | { kind: 'get'; url: string };

/** Milliseconds that a function has for an answer. */
const time = 29_000;

type Call = (input: string) => Promise<string>;
type Handler = (event: unknown, context: object) => Promise<unknown>;

function callOf(work: Work): Call {
  switch (work.kind) {
    case 'handler': {
      const { file, exportName } = work;
      const handler = (createRequire(file)(file) as Record<string, Handler>)[exportName]!;
      return async (event) => {
        const deadline = performance.now() + time;
        const getRemainingTimeInMillis = () => deadline - performance.now();
        return JSON.stringify(
          await handler(JSON.parse(event), { awsRequestId: '', getRemainingTimeInMillis }),
        );
      };
    }
    case 'calls': {
      const client = lean(new DynamoDBClient(patience));
      return async () => {
        await client.send(new BatchGetItemCommand(work.read));
        await client.send(new UpdateItemCommand(work.write));
        return '';
      };
    }
    case 'compare':
      return async (input) => String(await compare(input, work.hash));
    case 'get': {
      const agent = new Agent({ keepAlive: true });
      return (token) =>
        new Promise((resolve, reject) => {
          const headers = { authorization: `Bearer ${token}` };
          request(work.url, { agent, headers }, (response) => resolve(text(response)))
            .on('error', reject)
            .end();
        });
    }
  }
}

const call = callOf(JSON.parse(process.argv[2]!) as Work);

async function run({ inputs, lanes }: { inputs: string[]; lanes: number }): Promise<void> {
  let [last, elapsed] = ['', 0];
  const waiting = inputs.values();
  const lane = async () => {
    for (const input of waiting) {
      const start = performance.now();
      last = await call(input);
      elapsed += performance.now() - start;
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000;
  process.send!({ cpu: cpu / inputs.length, elapsed: elapsed / inputs.length, last });
}

process.on('message', (lot: Parameters<typeof run>[0]) => void run(lot));
