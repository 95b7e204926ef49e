import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
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

/** Every operation in the same chain as in its bundle (`infra/bundle/bundle-entry.ts`), behind the local HTTP API. */

const timeoutMs = 29_000;
type Handler = (event: unknown, context: object) => Promise<unknown>;

let serve: ReturnType<typeof apiHandler> = (_, response) => void response.writeHead(503).end();
const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) =>
  serve(request, response),
);
const { url } = await listen(server, 0, 'app');

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
  const invoke = async (id: string, event: string, onStart: () => void): Promise<Outcome> => {
    onStart();
    const deadline = performance.now() + timeoutMs;
    const context = {
      awsRequestId: randomUUID(),
      functionName: id,
      getRemainingTimeInMillis: () => Math.max(0, Math.trunc(deadline - performance.now())),
    };
    try {
      return { payload: JSON.stringify(await handlers.get(id)!(JSON.parse(event), context)) ?? 'null' };
    } catch (error) {
      const { name: errorType, message: errorMessage, stack } = error as Error;
      process.stderr.write(`unhandled in ${id}: ${stack}\n`);
      return { error: { errorType, errorMessage, trace: [] } };
    }
  };
  const routes = entries.flatMap((entry) =>
    routesOf(entry).map((key) => ({ key, target: entry.id, allowed: true, timeoutMs })),
  );
  serve = apiHandler({ routes, invoke, log: () => undefined, onAnswer: () => undefined, now: Date.now });
}

process.on('message', (environment: Record<string, string>) => {
  Object.assign(process.env, environment);
  open();
  process.send!('open');
});
process.on('disconnect', () => process.exit());
process.send!(url);
