import { createServer } from 'node:http';
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
  const server = createServer((request, response) => {
    void (async () => {
      const { authorization, 'content-type': type } = request.headers;
      const target = String(request.headers['x-amz-target']);
      const body = await text(request);
      calls.push({
        action: target.slice(target.indexOf('.') + 1),
        input: JSON.parse(body) as BareCall['input'],
      });
      const headers = { authorization: authorization!, 'content-type': type!, 'x-amz-target': target };
      const answer = await fetch(aws, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    })().catch(() => response.destroy());
  });
  return await listen(server, 0);
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
