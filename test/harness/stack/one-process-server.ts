import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { maxBodyKibibytes } from '#infra/api/body-limit.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { cors } from '#shared/chain/cors.ts';
import { lambda } from '#shared/chain/lambda.ts';
import { needsOf } from '#shared/operation/chain-needs.ts';
import { apiHandler, maxHeaderBytes } from '#local/host/api-gateway.ts';
import { listen } from '#local/base/listen.ts';
import type { Outcome } from '#local/host/outcome.ts';
import { shiftClock } from '#local/host/shift-clock.mjs';

/** Every operation in the same chain as in its bundle (`infra/bundle/bundle-entry.ts`), behind the local HTTP API. */

const timeoutMs = 29_000;
type Handler = (event: unknown, context: object) => Promise<unknown>;

const time = new Float64Array((workerData as { clock: SharedArrayBuffer }).clock);
shiftClock(() => time);

/** The trace of each request, where the SDK looks for it in an instance of Lambda that runs several requests at once. */
const traces = new AsyncLocalStorage<string>();
Object.assign(globalThis, { awslambda: { InvokeStore: { getXRayTraceId: () => traces.getStore() } } });

let serve: ReturnType<typeof apiHandler> = (_, response) => void response.writeHead(503).end();
const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) =>
  serve(request, response),
);
const { url } = await listen(server, 0, 'app');

async function run(id: string, handler: Handler, text: string): Promise<Outcome> {
  const event = JSON.parse(text) as { headers: Record<string, string> };
  const deadline = performance.now() + timeoutMs;
  const context = {
    awsRequestId: randomUUID(),
    functionName: id,
    getRemainingTimeInMillis: () => Math.max(0, Math.trunc(deadline - performance.now())),
  };
  try {
    const trace = event.headers['x-amzn-trace-id']!;
    return { payload: JSON.stringify(await traces.run(trace, () => handler(event, context))) ?? 'null' };
  } catch (error) {
    const { name: errorType, message: errorMessage, stack } = error as Error;
    process.stderr.write(`unhandled in ${id}: ${stack}\n`);
    return { error: { errorType, errorMessage, trace: [] } };
  }
}

function open(): void {
  const entries = findOperations().filter(isOperation);
  const handlers = new Map(
    entries.map(({ id, declaration }) => {
      const opened = declaration.cors && cors;
      const needs = needsOf(declaration);
      const handler = lambda(id, declaration, needs, maxBodyKibibytes(declaration), opened);
      return [id, handler as unknown as Handler];
    }),
  );
  const routes = entries.flatMap((entry) =>
    routesOf(entry).map((key) => ({ key, target: entry.id, allowed: true, timeoutMs })),
  );
  const invoke = (id: string, event: string, onStart: () => void): Promise<Outcome> => {
    onStart();
    return run(id, handlers.get(id)!, event);
  };
  serve = apiHandler({
    routes,
    invoke,
    log: () => undefined,
    onAnswer: () => undefined,
    now: () => Date.now(),
  });
}

parentPort!.once('message', (environment: Record<string, string>) => {
  Object.assign(process.env, environment);
  open();
  parentPort!.postMessage('open');
});
parentPort!.postMessage(url);
