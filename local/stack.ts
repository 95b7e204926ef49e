import { createServer, type RequestListener } from 'node:http';
import type { Settings } from '#shared/deployment/settings.ts';
import { ShiftedClock } from './clock.ts';
import { controlHandler } from './control.ts';
import { lockData } from './data-lock.ts';
import { openDoors } from './doors.ts';
import { createTables, dumpTables } from './engine/create-tables.ts';
import { startEngine } from './engine/engine.ts';
import type { FaultRequest } from './gateway/faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { admitInsider } from './gateway/insider.ts';
import { readPolicies } from './gateway/policy.ts';
import type { CallRecord } from './gateway/records.ts';
import { upstream } from './gateway/upstream.ts';
import { apiHandler, largestHeader } from './host/api-gateway.ts';
import { payloadOf } from './host/function-failure.ts';
import { readFunctions } from './host/functions.ts';
import { Host, type LogLine } from './host/host.ts';
import { readRoutes } from './host/routes.ts';
import { startTriggers } from './host/triggers.ts';
import { listen, listenOnLocalhost } from './listen.ts';
import { ledToStandIn } from './provider/lead-there.ts';
import { startProvider, type Provider } from './provider/provider.ts';
import { reset } from './reset.ts';
import { createServices } from './services.ts';
import type { StoredMail } from './ses/ses.ts';
import { readTemplate } from './template/template.ts';

export interface StackOptions {
  /** Directory of the synthesized templates. */
  assembly: string;
  /** `dynoxide`, `dynamodb-local` or the URL of an engine; undefined: whichever is here. */
  store?: string | undefined;
  /** Where data is kept; without it, in memory. */
  dataDir?: string | undefined;
  /** Port of the app, or the next free one; 0, the default, is any. The inbox takes the port after it, if it is free. */
  port?: number;
  /** Stands before table names, so that stacks can share an engine. */
  prefix?: string;
  /** Built-in services that lead to the stand-in unless the template has them elsewhere; all, without it. */
  standIn?: readonly string[];
  /** Takes each line of the functions' logs as it is written. */
  onLog?: (line: LogLine) => void;
}

/** A running stack: Latchkey as deployed, on this machine. */
export interface Stack {
  /** Addresses, such as http://localhost:4800. */
  app: string;
  inbox: string;
  /** Of the function that streams; null where the template has none. */
  relay: string | null;
  control: string;
  /** Lambda's Invoke, for what people with AWS credentials do in a deployment. */
  lambda: string;
  /** Endpoint of all AWS calls of functions; a caller is known by an access key id that is a function's logical id. */
  aws: string;
  /** Name of the DynamoDB engine. */
  engine: string;
  clock: ShiftedClock;
  /** Stands for the providers behind the built-in services. */
  provider: Provider;
  /** Ids of all functions. */
  functions: readonly string[];
  /** Invokes a function by its id; its failure is thrown as FunctionFailure. */
  invoke(id: string, payload?: unknown): Promise<unknown>;
  /** Resolves when everything that streams, schedules and mail events have started is done. */
  settle(): Promise<void>;
  /** Replaces the faults that the gateway injects. */
  faults(list: readonly FaultRequest[]): void;
  /** AWS calls of all functions, oldest first. */
  calls(): readonly CallRecord[];
  clearCalls(): void;
  logs(): readonly LogLine[];
  /** Mails that were sent, newest last. */
  mails(to?: string): StoredMail[];
  /** Every item of every table in DynamoDB's JSON, by the table's name in the code. */
  dumpTables(): Promise<Record<string, Record<string, unknown>[]>>;
  /**
   * Changes settings of the running functions as a deployment does, over those of the template; `{}` goes back to it.
   * Only what functions read changes: nothing of the template does.
   */
  deploy(changes: Partial<Settings>): void;
  /** Takes an action such as `dynamodb:PutItem` from a function's policy; the answer gives it back. */
  removeGrant(functionId: string, action: string): () => void;
  /** Lets in somebody who may use every table and key, for what no route does; the answer is their environment. */
  insider(): Record<string, string>;
  /**
   * Takes a stack that is kept in memory back to its beginning: no rows, mails, logs and records, the present time and the
   * template's settings. Keys stay, and functions stay warm, with what they keep in their memory.
   */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const notReady: RequestListener = (_, response) => void response.writeHead(503).end();

/** Starts what a template describes, in this process; only the DynamoDB engine is one of its own. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { assembly, store, dataDir, port = 0, prefix = '' } = options;
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
    const functions = readFunctions(template);
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
    const base = (settings: Settings) => ledToStandIn(settings, provider.url, options.standIn);
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
      routes: readRoutes(template),
      invoke: (arn, event) => host.invoke(arn, event),
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
