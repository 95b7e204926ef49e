import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { faultSchema } from '../gateway/faults.ts';
import { FunctionFailure } from '../host/function-failure.ts';
import { behaviourSchema } from '../provider/behaviours.ts';
import { withoutKey } from '../provider/recorded-call.ts';
import { readAll } from '../base/read-all.ts';
import type { Stack } from './running-stack.ts';

const clockSchema = z.strictObject({ offsetSeconds: z.number() });

/** A mistake of the caller. */
class BadRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const what = issue?.code === 'unrecognized_keys' ? `unknown: ${issue.keys.join(', ')}` : 'invalid';
  throw new BadRequest(400, `${issue?.path.join('.') || 'body'}: ${what}`);
}

type Action = (body: unknown) => unknown;

/** The control port's actions, by method and path. */
const actionsOf = (stack: Omit<Stack, 'control'>): Record<string, Action> => ({
  'GET /clock': () => ({ offsetSeconds: stack.clock.offsetSeconds }),
  'POST /clock': (body) => {
    stack.clock.offsetSeconds = parse(clockSchema, body).offsetSeconds;
    return { offsetSeconds: stack.clock.offsetSeconds };
  },
  'POST /faults': (body) => {
    stack.faults(parse(z.array(faultSchema), body));
    return {};
  },
  'GET /provider': () => stack.provider.requests().map(withoutKey),
  'POST /provider': (body) => {
    stack.provider.behave(parse(z.array(behaviourSchema), body));
    return {};
  },
  'DELETE /provider': () => {
    stack.provider.clear();
    return {};
  },
  'GET /endpoints': () => ({
    app: stack.app,
    inbox: stack.inbox,
    lambda: stack.lambda,
    provider: stack.provider.url,
  }),
  'GET /calls': () => stack.calls(),
  'DELETE /calls': () => {
    stack.clearCalls();
    return {};
  },
  'GET /logs': () => stack.logs(),
  'GET /metrics': () => stack.metrics(),
  'GET /failed': () => stack.failed(),
  'POST /settle': async () => {
    await stack.settle();
    return {};
  },
});

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = (await readAll(request)).toString();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'the body is not JSON');
  }
}

async function perform(stack: Omit<Stack, 'control'>, request: IncomingMessage): Promise<unknown> {
  const body = await readJson(request);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const id = request.method === 'POST' ? /^\/invoke\/([\w-]+)$/.exec(path)?.[1] : undefined;
  if (id !== undefined) {
    if (!stack.functions.includes(id)) throw new BadRequest(404, `there is no function ${id}`);
    return await stack.invoke(id, body);
  }
  const action = actionsOf(stack)[`${request.method} ${path}`];
  if (action === undefined) throw new BadRequest(404, `there is no ${request.method} ${path}`);
  return await action(body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body) ?? 'null');
}

/**
 * The control port: the clock, faults, records, logs and direct invocation, for tests and people. It is never deployed, and no
 * function knows its address.
 */
export function controlHandler(stack: Omit<Stack, 'control'>): RequestListener {
  return (request, response) => {
    perform(stack, request).then(
      (result) => send(response, 200, result),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof FunctionFailure)
          send(response, 502, { error: message, type: error.name, trace: error.trace });
        else send(response, error instanceof BadRequest ? error.status : 500, { error: message });
      },
    );
  };
}
