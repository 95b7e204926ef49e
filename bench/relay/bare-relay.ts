import { Agent, request, type IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bareCaller } from '../harness/bare-calls.ts';
import type { RecordedCalls } from './record-relay.ts';

interface Event {
  rawPath: string;
  headers: Record<string, string>;
  body: string;
}

/** The global object that Lambda's runtime provides for functions that stream. */
declare const awslambda: {
  streamifyResponse(handler: (event: Event, stream: Writable) => Promise<void>): unknown;
};

const { before, after } = JSON.parse(process.env['BARE_CALLS']!) as RecordedCalls;
const make = bareCaller();
const agent = new Agent({ keepAlive: true });

/** The floor of the relay: a function that makes the same AWS calls and passes the request on, and nothing else. */
export const handler = awslambda.streamifyResponse(async ({ rawPath, headers, body }, stream) => {
  await make(before);
  const passed = { 'content-type': 'application/json', 'anthropic-version': headers['anthropic-version']! };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { agent, method: 'POST', headers: { ...passed, 'x-api-key': headers['x-api-key']! } };
    request(process.env['STAND_IN'] + rawPath, options, resolve)
      .on('error', reject)
      .end(body);
  });
  await pipeline(answer, stream, { end: false });
  await make(after);
  stream.end();
});
