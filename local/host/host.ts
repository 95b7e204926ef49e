import type { ShiftedClock } from '../clock.ts';
import { Recent } from '../gateway/records.ts';
import { environmentOf } from './environment.ts';
import type { FunctionSpec } from './functions.ts';
import type { Outcome } from './instance.ts';
import { Pool } from './pool.ts';

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
  /** Takes each line of the functions' logs. */
  onLog?: ((line: LogLine) => void) | undefined;
}

/** Runs the functions of a stack and keeps what they log. */
export class Host {
  readonly logs = new Recent<LogLine>(50_000);
  readonly #clock: ShiftedClock;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #onLog: HostOptions['onLog'];
  readonly #pool: Pool;

  constructor({ functions, region, gatewayUrl, clock, onLog }: HostOptions) {
    this.#onLog = onLog;
    this.#clock = clock;
    this.#ids = new Map(functions.flatMap(({ id, name, arn }) => [[name, id] as const, [arn, id] as const]));
    this.#pool = new Pool({
      functions,
      optionsFor: (spec) => ({
        environment: environmentOf(spec, region, gatewayUrl),
        clock: clock.shared,
        onLog: (text) => this.log(spec.id, text),
      }),
    });
  }

  /** Invokes a function, by its id, name or ARN, with an event as JSON text. Errors go to its log as well. */
  async invoke(name: string, event: string): Promise<Outcome> {
    const outcome = await this.#pool.invoke(name, event);
    if ('error' in outcome) this.log(name, `${JSON.stringify({ level: 'ERROR', ...outcome.error })}\n`);
    return outcome;
  }

  /** Adds to the log of a function. */
  log(name: string, text: string): void {
    const line = { at: this.#clock.now(), function: this.#ids.get(name) ?? name, text };
    this.logs.add(line);
    this.#onLog?.(line);
  }

  stop(): Promise<void> {
    return this.#pool.stop();
  }
}
