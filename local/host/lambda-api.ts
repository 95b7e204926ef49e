import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readAll } from '../base/read-all.ts';
import type { FunctionSpec } from './functions.ts';
import { decodePath } from './routes.ts';
import type { Outcome } from './outcome.ts';

export interface LambdaApiOptions {
  functions: readonly FunctionSpec[];
  /** Invokes the function with this ARN on an event as JSON text. */
  invoke(arn: string, event: string): Promise<Outcome>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** The largest event, in bytes, that Lambda accepts in a synchronous invocation. */
const maxEventBytes = 6 * 1024 * 1024;

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': code },
  body: JSON.stringify({ Type: 'User', Message: message }),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A failure of the function is also answered with 200, and a header marks it. */
const answerOf = (outcome: Outcome): Answer => ({
  status: 200,
  headers: {
    'x-amz-executed-version': '$LATEST',
    ...('error' in outcome && { 'x-amz-function-error': 'Unhandled' }),
  },
  body: 'error' in outcome ? JSON.stringify(outcome.error) : outcome.payload,
});

async function answer(request: IncomingMessage, { functions, invoke }: LambdaApiOptions): Promise<Answer> {
  const body = await readAll(request);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/.exec(path) ?? [];
  if (request.method !== 'POST' || encoded === undefined)
    return refusal(404, 'UnknownOperationException', 'the local stack serves Invoke only');
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse')
    return refusal(400, 'InvalidParameterValueException', `the local stack does not serve ${String(type)}`);
  const name = decodePath(encoded);
  const spec = functions.find((one) => [one.id, one.name, one.arn].includes(name));
  if (spec === undefined) return refusal(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  if (body.length > maxEventBytes)
    return refusal(413, 'RequestTooLargeException', `Request must be smaller than ${maxEventBytes} bytes`);
  const event = body.toString() || '{}';
  if (!isJson(event))
    return refusal(400, 'InvalidRequestContentException', 'Could not parse request body into json');
  return answerOf(await invoke(spec.arn, event));
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(body);
}

/**
 * Lambda's Invoke. It does not check the caller's AWS credentials. A function is named by its id, its physical name or its ARN.
 * It is for the commands that run against a deployment; the functions themselves do not see it.
 */
export function lambdaHandler(options: LambdaApiOptions): RequestListener {
  return (request, response) => {
    answer(request, options).then(
      (result) => send(response, result),
      // The client has gone, or the stack has stopped.
      () => response.destroy(),
    );
  };
}
