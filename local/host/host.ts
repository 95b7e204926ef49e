import { randomUUID } from 'node:crypto';
import { factsOfApps } from '#shared/deployment/apps.ts';
import { factsOfServices } from '#shared/deployment/services.ts';
import { variable } from '#shared/deployment/config.ts';
import type { DeploymentSettings, Settings } from '#shared/deployment/settings.ts';
import type { ShiftedClock } from '../base/clock.ts';
import { Recent } from '../gateway/records.ts';
import { environmentOf } from './environment.ts';
import type { FunctionSpec } from './functions.ts';
import type { Metrics } from './metrics.ts';
import { throttled, type Outcome } from './outcome.ts';
import { Pool } from './pool.ts';
import type { Sink } from './sink.ts';

export interface LogLine {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  /** Id of the function. */
  function: string;
  /** As written, line break included. */
  text: string;
}

export interface HostOptions {
  functions: readonly FunctionSpec[];
  region: string;
  gatewayUrl: string;
  clock: ShiftedClock;
  /** The template's settings as they apply on this machine. */
  base(settings: Partial<Settings>): Partial<Settings>;
  metrics: Metrics;
  /** Takes each line of the functions' logs. */
  onLog?: ((line: LogLine) => void) | undefined;
}

/** Runs the functions of a stack and keeps their logs. */
export class Host {
  readonly logs = new Recent<LogLine>(20_000);
  readonly #clock: ShiftedClock;
  /** By everything that can name a function in an invocation: id, name and ARN. */
  readonly #specs: ReadonlyMap<string, FunctionSpec>;
  /** The number of events under way. */
  readonly #running = new Map<FunctionSpec, number>();
  readonly #base: HostOptions['base'];
  readonly #onLog: HostOptions['onLog'];
  readonly #metrics: Metrics;
  readonly #pool: Pool;
  /** The settings that `deploy` has changed, as JSON. */
  #changes = '{}';

  constructor({ functions, region, gatewayUrl, clock, base, metrics, onLog }: HostOptions) {
    this.#base = base;
    this.#onLog = onLog;
    this.#metrics = metrics;
    this.#clock = clock;
    this.#specs = new Map(
      functions.flatMap((spec) => [spec.id, spec.name, spec.arn].map((one) => [one, spec] as const)),
    );
    this.#pool = new Pool({
      functions,
      versionOf: (spec) => ({
        key: randomUUID(),
        spec,
        environment: this.#withChanges(environmentOf(spec, region, gatewayUrl)),
        clock: clock.shared,
        onLog: (text) => this.log(spec.id, text),
      }),
    });
  }

  /**
   * Invokes a function, by its id, name or ARN, with an event as JSON text. `sink` receives a streamed answer; `onStart` is
   * called when the function starts. Errors go to the function's log as well.
   */
  async invoke(name: string, event: string, sink?: Sink, onStart?: () => void): Promise<Outcome> {
    const spec = this.#specs.get(name);
    const running = (spec && this.#running.get(spec)) ?? 0;
    const isThrottled = spec?.reserved !== undefined && running >= spec.reserved;
    this.#metrics.addOfFunction('Throttles', spec?.name ?? name, isThrottled ? 1 : 0);
    if (isThrottled) return { error: throttled };
    if (spec === undefined) throw new Error(`there is no function ${name}`);
    this.#running.set(spec, running + 1);
    const outcome = await this.#pool
      .invoke(spec, event, sink, onStart)
      .finally(() => this.#running.set(spec, this.#running.get(spec)! - 1));
    this.#metrics.addOfFunction('Errors', spec.name, 'error' in outcome ? 1 : 0);
    if ('error' in outcome) this.log(name, `${JSON.stringify({ level: 'ERROR', ...outcome.error })}\n`);
    return outcome;
  }

  /**
   * Runs the functions under other settings from now on, like a deployment that changes only settings. Requests under way end
   * under the old ones. A function has only the settings that it reads, as in the template.
   * @param changes the differences from the template; empty to return to it.
   */
  deploy(changes: Partial<DeploymentSettings>): void {
    const json = JSON.stringify(changes);
    if (json === this.#changes) return;
    this.#changes = json;
    this.#pool.changeVersions();
  }

  /** Makes the next event of a function a cold start. */
  restart(id: string): void {
    const spec = this.#specs.get(id);
    if (spec) this.#pool.restart(spec);
  }

  /** Ends the execution environments that run a function at present. */
  async crash(id: string): Promise<void> {
    const spec = this.#specs.get(id);
    if (spec) await this.#pool.crash(spec);
  }

  #withChanges(environment: Record<string, string>): Record<string, string> {
    const settings = environment[variable.settings];
    if (settings === undefined) return environment;
    const changes = JSON.parse(this.#changes) as Partial<DeploymentSettings>;
    const given = JSON.parse(settings) as Partial<Settings>;
    const facts = {
      ...(changes.apps && factsOfApps(changes.apps)),
      ...(changes.services && factsOfServices(changes.services)),
    };
    const changed = Object.entries({ ...this.#base(given), ...changes, ...facts }).filter(
      ([name]) => name in given,
    );
    return { ...environment, [variable.settings]: JSON.stringify(Object.fromEntries(changed)) };
  }

  /** Adds to the log of a function. */
  log(name: string, text: string): void {
    const line = { at: this.#clock.now(), function: this.#specs.get(name)?.id ?? name, text };
    this.logs.add(line);
    this.#metrics.readLog(text);
    this.#onLog?.(line);
  }

  stop(): Promise<void> {
    return this.#pool.stop();
  }
}
