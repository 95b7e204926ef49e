import { createServer, type RequestListener } from 'node:http';
import type { Settings } from '#shared/deployment/settings.ts';
import { ShiftedClock } from '../base/clock.ts';
import { controlHandler } from './control.ts';
import { lockData } from './data-lock.ts';
import { openDoors } from './doors.ts';
import { createTables, dumpTables } from '../engine/create-tables.ts';
import { startEngine } from '../engine/engine.ts';
import { Gateway } from '../gateway/gateway.ts';
import { admitInsider } from '../gateway/insider.ts';
import { readPolicies } from '../gateway/policy.ts';
import { upstream } from '../gateway/upstream.ts';
import { apiHandler, largestHeader } from '../host/api-gateway.ts';
import { payloadOf } from '../host/function-failure.ts';
import { readFunctions } from '../host/functions.ts';
import { Host } from '../host/host.ts';
import { readRoutes } from '../host/read-routes.ts';
import { startTriggers } from '../host/triggers.ts';
import { listen, listenOnLocalhost } from '../base/listen.ts';
import { ledToStandIn } from '../provider/lead-there.ts';
import { startProvider } from '../provider/provider.ts';
import { reset } from './reset.ts';
import { createServices } from './services.ts';
import { readTemplate } from '../template/template.ts';
import type { Stack, StackOptions } from './running-stack.ts';

const notReady: RequestListener = (_, response) => void response.writeHead(503).end();

/** Starts what a template describes, in this process; only the DynamoDB engine is one of its own. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { assembly, store, dataDir, port = 0, prefix = '', patience = 1 } = options;
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
    unlock?.();
  };
  const unlock = dataDir === undefined ? undefined : lockData(dataDir);
  const engineStarts = startEngine({ store, dataDir });
  // Awaited below; until then a failure is not one that nobody handles.
  engineStarts.catch(() => undefined);
  try {
    // The address is needed first: functions know it by their environment.
    let serve = notReady;
    const server = () =>
      createServer({ maxHeaderSize: largestHeader }, (request, response) => serve(request, response));
    const app = await listenOnLocalhost(server(), server(), port);
    undo.push(app.close);

    const template = readTemplate(assembly, { apiUrl: app.url, prefix });
    const { region } = template;
    const clock = new ShiftedClock();
    const { kms, ses, identities } = createServices(template, clock, dataDir);
    const longer = <Limited extends { timeoutMs: number }>(one: Limited) => ({
      ...one,
      timeoutMs: one.timeoutMs * patience,
    });
    const functions = readFunctions(template).map(longer);
    const policies = readPolicies(template);
    const engine = await engineStarts;
    undo.unshift(() => engine.stop());
    const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
    await createTables(engine.url, tables);

    const gateway = new Gateway({
      callers: new Map(
        functions.map(({ logicalId, id, role }) => [logicalId, { id, statements: policies.get(role) ?? [] }]),
      ),
      upstream: upstream(engine.url, kms, ses),
      clock,
      region,
      identities,
      prefix,
    });
    const gatewayUrl = await gateway.start();
    undo.push(() => gateway.stop());
    const provider = await startProvider(clock.now);
    undo.push(() => provider.stop());
    const base = (settings: Partial<Settings>) => ledToStandIn(settings, provider.url, options.standIn);
    const host = new Host({ functions, region, gatewayUrl, clock, base, onLog: options.onLog });
    undo.push(() => host.stop());
    const triggers = await startTriggers({
      template,
      engineUrl: engine.url,
      clock,
      gateway,
      host,
      ses,
      dataDir,
    });
    undo.push(async () => triggers.stop());
    serve = apiHandler({
      routes: readRoutes(template).map(longer),
      invoke: (arn, event) => host.invoke(arn, event),
      log: (arn, text) => host.log(arn, text),
      now: clock.now,
    });
    const behind = { port: port === 0 ? 0 : app.port, template, functions, host, ses, clock };
    const { inbox, relay, lambda } = await openDoors(behind);
    for (const door of [inbox, relay, lambda]) if (door) undo.push(door.close);

    const stack: Omit<Stack, 'control'> = {
      app: app.url,
      inbox: inbox.url,
      relay: relay?.url ?? null,
      lambda: lambda.url,
      aws: gatewayUrl,
      engine: engine.name,
      clock,
      provider,
      functions: functions.map(({ id }) => id),
      invoke: async (id, payload = {}) => payloadOf(await host.invoke(id, JSON.stringify(payload))),
      settle: () => triggers.settle(),
      faults: (list) => gateway.faults.replace(list),
      calls: () => gateway.calls.list(),
      clearCalls: () => gateway.calls.clear(),
      logs: () => host.logs.list(),
      mails: (to) => ses.mails(to),
      dumpTables: () => dumpTables(engine.url, tables),
      deploy: (changes) => host.deploy(changes),
      removeGrant: (functionId, action) => gateway.removeGrant(functionId, action),
      insider: () => admitInsider(gateway, gatewayUrl, template),
      reset: () => reset({ clock, gateway, provider, host, triggers, ses, engineUrl: engine.url, tables }),
      stop,
    };
    const control = await listen(createServer(controlHandler(stack)), 0);
    undo.push(control.close);
    return { ...stack, control: control.url };
  } catch (error) {
    await engineStarts.then((engine) => engine.stop()).catch(() => undefined);
    await stop();
    throw error;
  }
}
