import { createServer, type RequestListener } from 'node:http';
import { ShiftedClock } from '../base/clock.ts';
import { controlHandler } from './control.ts';
import { openData } from './data-directory.ts';
import { notReady, openRelay, openServers } from './servers.ts';
import { createTables, dumpTables } from '../engine/create-tables.ts';
import { startEngine } from '../engine/engine.ts';
import { admitInsider } from '../gateway/insider.ts';
import { apiHandler, maxHeaderBytes } from '../host/api-gateway.ts';
import { payloadOf } from '../host/function-failure.ts';
import { readRoutes } from '../host/read-routes.ts';
import { listen, listenOnLocalhost } from '../base/listen.ts';
import { withLongerTimeout, startCloud, type Cloud } from './cloud.ts';
import { reset } from './reset.ts';
import { createServices } from './services.ts';
import type { Ses } from '../ses/ses.ts';
import { readTemplate, type Resource, type Template } from '../template/template.ts';
import type { Stack, StackOptions } from './running-stack.ts';

/** Starts a template's stack in this process. Only the DynamoDB engine has its own process. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { assembly, dataDir, port = 0, prefix = '' } = options;
  const data = dataDir === undefined ? undefined : openData(dataDir);
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
    data?.close();
  };
  try {
    // The address is needed first: functions know it from their environment.
    let serve = notReady;
    const server = () =>
      createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => serve(request, response));
    const app = await listenOnLocalhost(server(), server(), port);
    undo.push(app.close);

    const after = (steps: number): number => (port === 0 ? 0 : app.port + steps);
    const relay = await openRelay(after(2));
    undo.push(relay.close);

    const template = readTemplate(assembly, { apiUrl: app.url, relayUrl: relay.url, prefix });
    const clock = new ShiftedClock();
    const services = createServices(template, clock, data);
    // Only now, because an engine would leave files even in a directory whose other parts turn out to be broken. By default,
    // the engine that last kept the data opens it again.
    const engine = await startEngine({ store: options.store ?? data?.stores.at(-1), dataDir });
    undo.unshift(() => engine.stop());
    const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
    await createTables(engine.url, tables);
    data?.keep(engine.name);

    const cloud = await startCloud({ ...options, ...services, template, clock, engineUrl: engine.url }, undo);
    const { ses } = services;
    const { gatewayUrl, provider, functions, host } = cloud;
    serve = apiOf(template, cloud, clock, options.timeoutFactor);
    const isRelayed = relay.serve(template, host, clock.now);
    const { inbox, lambda } = await openServers({ port: after(1), functions, host, ses });
    undo.push(inbox.close, lambda.close);

    const stack: Omit<Stack, 'control'> = {
      app: app.url,
      inbox: inbox.url,
      relay: isRelayed ? relay.url : null,
      lambda: lambda.url,
      aws: gatewayUrl,
      engine: engine.name,
      clock,
      provider,
      functions: functions.map(({ id }) => id),
      ...controlsOf(cloud, { engineUrl: engine.url, tables, template, clock, ses }),
      stop,
    };
    const control = await listen(createServer(controlHandler(stack)), 0, 'programs');
    undo.push(control.close);
    // Runs first on stop: the servers complete their requests while everything that the requests need still runs.
    undo.push(async () => {
      await Promise.all([app, inbox, relay, lambda].map((server) => server.drain()));
    });
    return { ...stack, control: control.url };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The HTTP API: its routes, and the functions behind them. */
const apiOf = (
  template: Template,
  { host, metrics }: Pick<Cloud, 'host' | 'metrics'>,
  clock: ShiftedClock,
  timeoutFactor: number | undefined,
): RequestListener =>
  apiHandler({
    routes: readRoutes(template).map((route) => withLongerTimeout(route, timeoutFactor)),
    invoke: (arn, event, onStart) => host.invoke(arn, event, undefined, onStart),
    log: (arn, text) => host.log(arn, text),
    onAnswer: (status) => {
      const ApiId = template.resources('AWS::ApiGatewayV2::Api')[0]!.physicalId;
      metrics.add('AWS/ApiGateway', 'Count', { ApiId }, 1);
      metrics.add('AWS/ApiGateway', '5xx', { ApiId }, status >= 500 ? 1 : 0);
    },
    now: clock.now,
  });

interface Kept {
  engineUrl: string;
  tables: readonly Resource[];
  template: Template;
  clock: ShiftedClock;
  ses: Ses;
}

/** The operations on a running stack. */
const controlsOf = (cloud: Cloud, { engineUrl, tables, template, clock, ses }: Kept) => {
  const { gateway, host, queue, metrics, triggers } = cloud;
  return {
    invoke: async (id, payload = {}) => payloadOf(await host.invoke(id, JSON.stringify(payload))),
    settle: () => triggers.settle(),
    restartSchedules: () => triggers.restart(),
    faults: (list) => gateway.faults.replace(list),
    hold: (decide) => void (gateway.hold = decide),
    calls: () => gateway.calls.list(),
    clearCalls: () => gateway.calls.clear(),
    logs: () => host.logs.list(),
    metrics: () => metrics.data.list(),
    failed: () => queue.messages.list(),
    mails: (to) => ses.mails(to),
    setMailQuota: (mostInDay) => ses.setQuota(mostInDay),
    dumpTables: async () => {
      await triggers.settle();
      return dumpTables(engineUrl, tables);
    },
    deploy: (changes) => host.deploy(changes),
    restart: (id) => host.restart(id),
    removeGrant: (functionId, action) => gateway.removeGrant(functionId, action),
    usedPermissions: () => gateway.used,
    removeFromKeyPolicy: (key, action) => cloud.keyPolicies.remove(key, action),
    insider: () => admitInsider(gateway, cloud.gatewayUrl, template),
    reset: () => reset({ ...cloud, clock, ses, engineUrl, tables }),
  } satisfies Partial<Stack>;
};
