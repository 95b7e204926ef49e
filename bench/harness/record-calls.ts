import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '#local/base/listen.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import type { BareCall } from './bare-calls.ts';
import { meteredFunction } from './functions.ts';

/** Opens a proxy in front of the stack's gateway. It records the calls, because the gateway does not keep their content. */
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

/**
 * Passes two events to a function and records its AWS calls for the second one. By then the function is warm, and the rows that
 * it created for the first event exist.
 */
export async function recordCalls(
  stack: Stack,
  assembly: string,
  id: string,
  [first, second]: readonly [string, string],
): Promise<{ calls: readonly BareCall[]; answer: string }> {
  const calls: BareCall[] = [];
  const recorder = await openRecorder(stack.aws, calls);
  const { metered: recorded } = meteredFunction({ app: stack.app, aws: recorder.url }, assembly, id);
  try {
    await recorded.run([first]);
    calls.length = 0;
    const { last: answer } = await recorded.run([second]);
    return { calls, answer };
  } finally {
    recorded.stop();
    await recorder.close();
  }
}
