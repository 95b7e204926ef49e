import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShiftedClock } from '../base/clock.ts';
import { listen, type Listening } from '../base/listen.ts';
import { readAll } from '../base/read-all.ts';
import { resourceOf, tableOf } from '../template/arn.ts';
import type { AwsAnswer } from './answer.ts';
import { rootOf } from '../base/trace.ts';
import { readCall, type Call } from './call.ts';
import type { Account, Permission } from './permission.ts';
import { isWrite } from './dynamo-permissions.ts';
import type { Context } from './condition.ts';
import { canConflict, Faults, type Fault, type Hold } from './faults.ts';
import type { KeyPolicies } from './key-policies.ts';
import { allows, withoutAction, type Statement } from './policy.ts';
import { LateWork } from './late-work.ts';
import { Recent, type CallRecord } from './records.ts';
import { denied, refusalBy } from './refusals.ts';
import type { Upstream } from './upstream.ts';

/** A function as the gateway knows it. */
export interface Caller {
  id: string;
  statements: readonly Statement[];
  /** ARN of its role. A caller without a role belongs to the local stack itself, and key policies do not apply to it. */
  role?: string;
}

export interface GatewayOptions extends Account {
  /** By access key id. */
  callers: ReadonlyMap<string, Caller>;
  keyPolicies: KeyPolicies;
  upstream: Upstream;
  clock: ShiftedClock;
  /** The prefix of every physical name. */
  prefix: string;
}

/** Faults after which the connection breaks. */
const unanswered: ReadonlySet<Fault['kind']> = new Set(['lost', 'late', 'crash']);

/**
 * The one endpoint for all AWS calls of all functions. Identifies callers, and checks, records, disturbs and forwards calls.
 */
export class Gateway {
  readonly faults = new Faults();
  /** If set, decides when each call is served. */
  hold: Hold | undefined;
  readonly calls = new Recent<CallRecord>(20_000);
  /** Permissions that functions have used, in lines such as `me-read dynamodb:BatchGetItem table/users`. */
  readonly used = new Set<string>();
  readonly #options: GatewayOptions;
  readonly #callers: Map<string, Caller>;
  readonly #listeners: ((table: string) => void)[] = [];
  /** Calls that faults of the kinds `late` and `delay` have postponed. */
  readonly late = new LateWork();
  #crash: (functionId: string) => Promise<void> = () => Promise.resolve();
  #listening: Listening | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#callers = new Map(options.callers);
  }

  /** Calls `listener` with the physical name of a table after each successful write to it. */
  onWrite(listener: (table: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Sets how a function's execution environment is ended, for faults of the kind `crash`. */
  onCrash(end: (functionId: string) => Promise<void>): void {
    this.#crash = end;
  }

  /** Adds a caller under its own access key id. */
  admit(accessKey: string, caller: Caller): void {
    this.#callers.set(accessKey, caller);
  }

  /** Removes an action such as `dynamodb:PutItem` from a function's policy. The returned function restores it. */
  removeGrant(functionId: string, action: string): () => void {
    const [key, caller] = [...this.#callers].find(([, { id }]) => id === functionId) ?? [];
    if (key === undefined || caller === undefined) throw new Error(`there is no function ${functionId}`);
    this.#callers.set(key, { ...caller, statements: withoutAction(caller.statements, action) });
    return () => void this.#callers.set(key, caller);
  }

  /** Starts to listen and returns the endpoint's address. */
  async start(): Promise<string> {
    const server = createServer({ requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
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
    // With a date, the SDK would conclude from the shifted clock that its own clock is wrong, and would repeat refused calls.
    const { date: _, ...headers } = answer.headers;
    response.sendDate = false;
    response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(answer.body) });
    response.end(answer.body);
  }

  async #answer(call: Call): Promise<AwsAnswer | 'lost'> {
    const { service, action, permissions, accessKey, invocationId } = call;
    const caller = this.#callers.get(accessKey);
    const record = {
      at: this.#options.clock.now(),
      function: caller?.id ?? accessKey,
      service,
      action,
      resources: permissions.map(({ resource }) => this.#nameOf(resource)),
      invocationId,
    };
    const missing = this.#missing(call, caller);
    if (missing !== undefined) {
      const { permission, by } = missing;
      const answer = denied(call, permission, by);
      const what = `${permission.action} ${this.#nameOf(permission.resource)}`;
      this.calls.add({ ...record, status: answer.status, denied: what });
      return answer;
    }
    for (const one of permissions)
      this.used.add(`${record.function} ${one.action} ${this.#nameOf(one.resource)}`);
    const named = { function: record.function, service, action, tables: this.#tablesOf(permissions) };
    const decided = await this.hold?.({ ...named, trace: rootOf(call.headers['x-amzn-trace-id']) });
    const fault = decided ? { kind: decided, ms: 0 } : this.faults.take(named);
    const isLost = fault !== undefined && unanswered.has(fault.kind);
    const note = (status: number) => this.calls.add({ ...record, fault: fault?.kind, status });
    if (fault?.kind === 'late') {
      note(0);
      this.late.add(fault.ms, async () => {
        const { status } = await this.#options.upstream.answer(call);
        if (status < 300) this.#notify(permissions);
      });
      return 'lost';
    }
    const performed = this.#perform(call, fault);
    // The SDK may time out before a delayed write. The write is performed nevertheless.
    if (fault?.kind === 'delay' && canConflict(named)) this.late.take(performed);
    const answer = await performed;
    note(isLost ? 0 : answer.status);
    if (answer.status < 300) this.#notify(permissions);
    if (fault?.kind === 'crash') await this.#crash(record.function);
    return isLost ? 'lost' : answer;
  }

  /** The tables that the permissions concern, by their names in the code. */
  #tablesOf = (permissions: readonly Permission[]): string[] =>
    permissions.flatMap(({ resource }) => tableOf(resource)?.slice(this.#options.prefix.length) ?? []);

  /** The first permission that the caller's own policy or a key's policy does not grant. */
  #missing(
    call: Call,
    caller: Caller | undefined,
  ): { permission: Permission; by: 'identity' | 'resource' } | undefined {
    const { role, statements = [] } = caller ?? {};
    const context: Context = { ...call.context, ...(role !== undefined && { 'aws:PrincipalArn': role }) };
    for (const permission of call.permissions) {
      if (!allows(statements, permission, context)) return { permission, by: 'identity' };
      if (role !== undefined && !this.#options.keyPolicies.allow(permission, context))
        return { permission, by: 'resource' };
    }
    return undefined;
  }

  async #perform(call: Call, fault: Pick<Fault, 'kind' | 'ms'> | undefined): Promise<AwsAnswer> {
    if (fault?.kind === 'delay') await delay(fault.ms, undefined, { ref: false });
    const refuse = fault && refusalBy[fault.kind];
    return refuse ? refuse(call) : await this.#options.upstream.answer(call);
  }

  #notify(permissions: readonly Permission[]): void {
    const written = new Set(
      permissions.filter(({ action }) => isWrite(action)).flatMap(({ resource }) => tableOf(resource) ?? []),
    );
    for (const table of written) for (const listener of this.#listeners) listener(table);
  }

  #nameOf = (arn: string): string =>
    (arn === '*' ? arn : resourceOf(arn)).replace(`/${this.#options.prefix}`, '/');
}
