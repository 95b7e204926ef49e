import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShiftedClock } from '../base/clock.ts';
import { listen, type Listening } from '../base/listen.ts';
import { readAll } from '../base/read-all.ts';
import { resourceOf, tableOf } from '../template/arn.ts';
import type { AwsAnswer } from './answer.ts';
import { readCall, type Call } from './call.ts';
import type { Account, Permission } from './permission.ts';
import { isWrite } from './dynamo-permissions.ts';
import { Faults, type Fault } from './faults.ts';
import { allows, withoutAction, type Statement } from './policy.ts';
import { Recent, type CallRecord } from './records.ts';
import { conflicting, denied, failed, throttled } from './refusals.ts';
import type { Upstream } from './upstream.ts';

/** A function as the gateway knows it. */
export interface Caller {
  id: string;
  statements: readonly Statement[];
}

export interface GatewayOptions extends Account {
  /** By access key id. */
  callers: ReadonlyMap<string, Caller>;
  upstream: Upstream;
  clock: ShiftedClock;
  /** The prefix of every physical name. */
  prefix: string;
}

const before = { error: failed, throttle: throttled, conflict: conflicting } as const;

/** The one endpoint for all AWS calls of all functions: attributes, checks, records, disturbs and forwards them. */
export class Gateway {
  readonly faults = new Faults();
  readonly calls = new Recent<CallRecord>(20_000);
  readonly #options: GatewayOptions;
  readonly #callers: Map<string, Caller>;
  readonly #listeners: ((table: string) => void)[] = [];
  #listening: Listening | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#callers = new Map(options.callers);
  }

  /** Calls `listener` with the physical name of a table after each successful write to it. */
  onWrite(listener: (table: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Adds a caller, under an access key id of its own. */
  admit(accessKey: string, caller: Caller): void {
    this.#callers.set(accessKey, caller);
  }

  /** Takes an action such as `dynamodb:PutItem` out of a function's policy; the returned function puts it back. */
  removeGrant(functionId: string, action: string): () => void {
    const [key, caller] = [...this.#callers].find(([, { id }]) => id === functionId) ?? [];
    if (key === undefined || caller === undefined) throw new Error(`there is no function ${functionId}`);
    this.#callers.set(key, { ...caller, statements: withoutAction(caller.statements, action) });
    return () => void this.#callers.set(key, caller);
  }

  /** Starts to listen; answers the endpoint's address. */
  async start(): Promise<string> {
    const server = createServer(
      { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 },
      (request, response) => {
        void this.#serve(request, response).catch(() => response.destroy());
      },
    );
    this.#listening = await listen(server, 0, 'programs');
    return this.#listening.url;
  }

  async stop(): Promise<void> {
    await this.#listening?.close();
    this.#options.upstream.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    let call: Call;
    try {
      call = readCall(request.headers, body, this.#options);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ __type: 'UnrecognizedClientException', message }));
      return;
    }
    const answer = await this.#answer(call);
    if (answer === 'lost') return void request.socket.destroy();
    // With a date, the SDK would take a shifted clock for a wrong one and repeat refused calls.
    const { date: _, ...headers } = answer.headers;
    response.sendDate = false;
    response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(answer.body) });
    response.end(answer.body);
  }

  async #answer(call: Call): Promise<AwsAnswer | 'lost'> {
    const { service, action, permissions, accessKey } = call;
    const caller = this.#callers.get(accessKey);
    const record = {
      at: this.#options.clock.now(),
      function: caller?.id ?? accessKey,
      service,
      action,
      resources: permissions.map(({ resource }) => this.#nameOf(resource)),
    };
    const missing = permissions.find((permission) => !allows(caller?.statements ?? [], permission));
    if (missing !== undefined) {
      const answer = denied(call, missing);
      const what = `${missing.action} ${this.#nameOf(missing.resource)}`;
      this.calls.add({ ...record, status: answer.status, denied: what });
      return answer;
    }
    const tables = permissions.flatMap(({ resource }) => tableOf(resource) ?? []);
    const names = tables.map((table) => table.slice(this.#options.prefix.length));
    const fault = this.faults.take({ function: record.function, service, action, tables: names });
    const answer = await this.#perform(call, fault);
    const lost = fault?.kind === 'lost';
    this.calls.add({ ...record, status: lost ? 0 : answer.status, ...(fault && { fault: fault.kind }) });
    if (answer.status < 300) this.#notify(permissions);
    return lost ? 'lost' : answer;
  }

  async #perform(call: Call, fault: Fault | undefined): Promise<AwsAnswer> {
    if (fault?.kind === 'delay') await delay(fault.ms, undefined, { ref: false });
    else if (fault !== undefined && fault.kind !== 'lost') return before[fault.kind](call);
    return await this.#options.upstream.answer(call);
  }

  #notify(permissions: readonly Permission[]): void {
    const written = new Set(
      permissions.filter(({ action }) => isWrite(action)).flatMap(({ resource }) => tableOf(resource) ?? []),
    );
    for (const table of written) for (const listener of this.#listeners) listener(table);
  }

  #nameOf(arn: string): string {
    return (arn === '*' ? arn : resourceOf(arn)).replace(`/${this.#options.prefix}`, '/');
  }
}
