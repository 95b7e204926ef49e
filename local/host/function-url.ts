import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readAtMost } from '../base/read-all.ts';
import { eventOf } from './http-event.ts';
import { throttled, type Outcome } from './outcome.ts';
import type { Prelude, Sink } from './sink.ts';

export interface FunctionUrlOptions {
  /** ARN of the function. */
  target: string;
  /** Invokes a function on an event in Lambda's form; the sink receives the answer. */
  invoke(arn: string, event: string, sink: Sink): Promise<Outcome>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The largest event that Lambda accepts, in bytes: the request as JSON, with a body of a binary type in base64. */
const maxEventBytes = 6 * 1024 * 1024;

const route = { route: { key: '$default' }, parameters: {} };

/** Writes a streamed answer to the client. The function is not told when the client leaves, as in Lambda. */
function sinkOf(response: ServerResponse): Sink {
  let leave = (): void => undefined;
  response.once('close', () => leave());
  return {
    begin({ statusCode, headers = {}, cookies = [] }: Prelude) {
      response.writeHead(statusCode, {
        ...headers,
        ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
      });
      response.flushHeaders();
    },
    write: (chunk) =>
      new Promise((resolve) => {
        leave = resolve;
        if (response.destroyed || chunk.length === 0) resolve();
        else response.write(chunk, () => resolve());
      }),
  };
}

/** An answer of Lambda's own, which no function can change. */
function refuse(response: ServerResponse, status: number, Message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ Message }));
}

/** Serves HTTP as a function URL with response streaming does. */
export function functionUrlHandler({ target, invoke, now }: FunctionUrlOptions): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAtMost(request, maxEventBytes);
    const event = body && JSON.stringify(eventOf(request, body, route, now(), (path) => path));
    if (event === undefined || Buffer.byteLength(event) > maxEventBytes)
      return refuse(response, 413, 'Request Entity Too Large');
    const outcome = await invoke(target, event, sinkOf(response));
    if (!('error' in outcome)) response.end();
    else if (response.headersSent) response.destroy();
    else if (outcome.error === throttled) refuse(response, 429, throttled.errorMessage);
    else refuse(response, 502, 'Internal Server Error');
  };
  return (request, response) => {
    // The client has gone, or the stack has stopped.
    serve(request, response).catch(() => response.destroy());
  };
}
