import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readAtMost } from '../base/read-all.ts';
import { answerOf, ownAnswer, type HttpAnswer } from './http-answer.ts';
import { eventOf } from './http-event.ts';
import type { Outcome } from './outcome.ts';
import { router, type Route } from './routes.ts';

export interface ApiOptions {
  routes: readonly Route[];
  /** Invokes the function with this ARN on an event. Event and outcome have Lambda's form. Calls `onStart` when the function starts. */
  invoke(arn: string, event: string, onStart: () => void): Promise<Outcome>;
  /** Adds to the log of the function with this ARN. */
  log(arn: string, text: string): void;
  /** Called with the status of each answer. */
  onAnswer(status: number): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** API Gateway's limits in bytes: on a request's body, and on its request line and headers together. */
const maxBodyBytes = 10 * 1024 * 1024;
export const maxHeaderBytes = 10_240;

/**
 * The result of `run`, or undefined if it takes longer than `timeoutMs` from its start. On a machine with few cores a run may
 * wait before it starts, unlike in Lambda. This wait does not count: simultaneous requests take longer, but none is refused
 * (R4.12).
 */
function within<T>(run: (onStart: () => void) => Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<T | undefined>((resolve, reject) => {
    run(() => (timer = setTimeout(() => resolve(undefined), timeoutMs))).then(resolve, reject);
  }).finally(() => clearTimeout(timer));
}

function translate(outcome: Outcome | undefined): HttpAnswer {
  if (outcome === undefined) return ownAnswer(503, 'Service Unavailable');
  if ('error' in outcome) return ownAnswer(500, 'Internal Server Error');
  return answerOf(outcome.payload);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
): void {
  const empty = request.method === 'HEAD' || status === 204 || status === 304;
  response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': body.length }) });
  response.end(empty ? undefined : body);
}

/** Serves HTTP as an HTTP API with the template's routes does. */
export function apiHandler({ routes, invoke, log, onAnswer, now }: ApiOptions): RequestListener {
  const find = router(routes);

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const body = await readAtMost(request, maxBodyBytes);
    if (body === undefined) return ownAnswer(413, 'Request Entity Too Large');
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const match = find(request.method ?? 'GET', path);
    if (match === undefined) return ownAnswer(404, 'Not Found');
    const { target, allowed, timeoutMs } = match.route;
    if (!allowed) {
      log(target, "The API's role may not start this function.\n");
      return ownAnswer(500, 'Internal Server Error');
    }
    const event = JSON.stringify(eventOf(request, body, match, now()));
    return translate(await within((onStart) => invoke(target, event, onStart), timeoutMs));
  };

  return (request, response) => {
    answer(request).then(
      (result) => {
        onAnswer(result.status);
        return send(request, response, result);
      },
      // The client has gone, or the stack has stopped.
      () => response.destroy(),
    );
  };
}
