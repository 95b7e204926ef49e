import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '#local/base/listen.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import type { BareCall } from '../harness/bare-calls.ts';
import { eventOf, readFunction } from '../harness/functions.ts';
import { Metered } from '../harness/metered.ts';
import type { Holder } from './people.ts';

/** The AWS calls of one relayed call: those before the provider is asked, and those after its answer. */
export interface RecordedCalls {
  before: readonly BareCall[];
  /** They take away what the others wrote, so that these can be made again. */
  after: readonly BareCall[];
}

/** Stands before the stack's gateway, which keeps nothing of what calls carry, and records them. */
async function openRecorder(
  aws: string,
  calls: BareCall[],
): Promise<{ url: string; close(): Promise<void> }> {
  const record = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    const { method, headers } = incoming;
    const target = String(headers['x-amz-target']);
    const input = JSON.parse(body) as BareCall['input'];
    calls.push({ action: target.slice(target.indexOf('.') + 1), input });
    const answered = (answer: IncomingMessage): void => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    };
    request(aws, { method, headers }, answered)
      .on('error', () => response.destroy())
      .end(body);
  };
  const server = createServer((incoming, response) => {
    record(incoming, response).catch(() => response.destroy());
  });
  return await listen(server, 0, 'programs');
}

/** Has the relay's function make one call for `holder`, and records the AWS calls that it makes. */
export async function recordCalls(stack: Stack, assembly: string, { token }: Holder): Promise<RecordedCalls> {
  const calls: BareCall[] = [];
  const recorder = await openRecorder(stack.aws, calls);
  const { work, environment } = readFunction({ app: stack.app, aws: recorder.url }, assembly, 'relay');
  const relay = new Metered(work, environment);
  const event = eventOf('relay', { token });
  try {
    // By the first one, the function is warm and there is a row that counts.
    await relay.run([event]);
    calls.length = 0;
    const { last } = await relay.run([event]);
    if (last !== '{"statusCode":200}') throw new Error(`the relay answered ${last}`);
    return { before: calls.slice(0, -1), after: calls.slice(-1) };
  } finally {
    relay.stop();
    await recorder.close();
  }
}
