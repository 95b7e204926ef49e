import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Call } from './metered-call.ts';

/** The time limit of a function for an answer. */
const timeoutMs = 29_000;

type Handler = (...input: unknown[]) => Promise<unknown>;

/** The global object that Lambda's runtime provides for functions that stream. */
const streaming = new Set<Handler>();
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: Handler) => (streaming.add(handler), handler),
    HttpResponseStream: {
      from: (stream: Answer, { statusCode }: { statusCode: number }) => (
        (stream.status = statusCode),
        stream
      ),
    },
  },
});

/** Receives a streamed answer and discards it. */
class Answer extends Writable {
  status = 200;
  override _write(_: unknown, __: unknown, callback: () => void): void {
    callback();
  }
}

/** Passes events to a function's bundle, as Lambda's runtime does: from JSON to JSON, or to the status of a stream. */
export function handlerRunner(file: string, exportName: string): Call {
  const handler = (createRequire(file)(file) as Record<string, Handler>)[exportName]!;
  return async (event) => {
    const deadline = performance.now() + timeoutMs;
    const getRemainingTimeInMillis = () => deadline - performance.now();
    const context = { awsRequestId: '', getRemainingTimeInMillis };
    if (!streaming.has(handler)) return { last: JSON.stringify(await handler(JSON.parse(event), context)) };
    const answer = new Answer();
    const ends = finished(answer);
    await handler(JSON.parse(event), answer, context);
    await ends;
    return { last: JSON.stringify({ statusCode: answer.status }) };
  };
}
