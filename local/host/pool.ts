import type { FunctionSpec } from './functions.ts';
import { Instance, type InstanceOptions, type Outcome } from './instance.ts';
import type { Sink } from './sink.ts';

export interface PoolOptions {
  functions: readonly FunctionSpec[];
  /** Instances of one function; further requests wait. */
  perFunction?: number;
  /** The same for a function that streams, whose instance is taken as long as an answer lasts. */
  perStream?: number;
  /** Instances of all functions; beyond it, idle ones that were used longest ago are stopped. */
  total?: number;
  optionsFor(spec: FunctionSpec): Omit<InstanceOptions, 'spec'>;
}

interface Waiting {
  event: string;
  sink: Sink | undefined;
  resolve(outcome: Outcome): void;
}

interface Group {
  spec: FunctionSpec;
  queue: Waiting[];
  /** Last used last. */
  idle: { instance: Instance; since: number }[];
  all: Set<Instance>;
  starting: number;
}

/** Runs functions as Lambda does: an instance per concurrent request up to a limit, kept for later requests. */
export class Pool {
  readonly #groups = new Map<string, Group>();
  readonly #options: PoolOptions;
  readonly #perFunction: number;
  readonly #perStream: number;
  readonly #total: number;
  #stopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#perFunction = options.perFunction ?? 4;
    this.#perStream = options.perStream ?? 16;
    this.#total = options.total ?? 32;
    for (const spec of options.functions) {
      const group: Group = { spec, queue: [], idle: [], all: new Set(), starting: 0 };
      for (const name of [spec.id, spec.logicalId, spec.name, spec.arn]) this.#groups.set(name, group);
    }
  }

  /** Invokes a function, by its id, logical id, name or ARN, with an event as JSON text; `sink` takes a streamed answer. */
  invoke(name: string, event: string, sink?: Sink): Promise<Outcome> {
    const group = this.#groups.get(name);
    if (group === undefined) throw new Error(`there is no function ${name}`);
    if (this.#stopped) throw new Error('the stack is stopped');
    return new Promise((resolve) => {
      group.queue.push({ event, sink, resolve });
      this.#dispatch(group);
    });
  }

  /** Lets the instances that there are take no further request: the next ones start anew, as after a deployment. */
  replaceInstances(): void {
    for (const group of new Set(this.#groups.values())) {
      for (const { instance } of group.idle) void instance.terminate();
      for (const instance of group.all) instance.dead = true;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(
      [...new Set(this.#groups.values())].flatMap(({ all }) => [...all].map((one) => one.terminate())),
    );
  }

  #dispatch(group: Group): void {
    while (group.queue.length > 0) {
      const instance = group.idle.pop()?.instance;
      if (instance === undefined) break;
      const waiting = instance.dead ? undefined : group.queue.shift();
      if (waiting === undefined) group.all.delete(instance);
      else void this.#run(group, instance, waiting);
    }
    while (group.queue.length > group.starting && group.all.size < this.#most(group) && !this.#stopped) {
      void this.#start(group);
    }
  }

  #most({ spec }: Group): number {
    return spec.streams ? this.#perStream : this.#perFunction;
  }

  async #run(group: Group, instance: Instance, { event, sink, resolve }: Waiting): Promise<void> {
    resolve(await instance.invoke(event, sink));
    this.#release(group, instance);
  }

  #release(group: Group, instance: Instance): void {
    if (instance.dead) {
      group.all.delete(instance);
      void instance.terminate();
    } else group.idle.push({ instance, since: performance.now() });
    this.#dispatch(group);
  }

  async #start(group: Group): Promise<void> {
    group.starting += 1;
    this.#makeRoom();
    const instance = new Instance({ spec: group.spec, ...this.#options.optionsFor(group.spec) });
    group.all.add(instance);
    const error = await instance.ready;
    group.starting -= 1;
    if (error !== undefined) {
      void instance.terminate();
      group.queue.shift()?.resolve({ error });
    }
    this.#release(group, instance);
  }

  /** Stops the idle instance that was used longest ago, if there are too many. */
  #makeRoom(): void {
    const groups = [...new Set(this.#groups.values())];
    if (groups.reduce((sum, { all }) => sum + all.size, 0) < this.#total) return;
    const oldest = groups
      .filter(({ idle }) => idle.length > 0)
      .sort((a, b) => (a.idle[0]?.since ?? 0) - (b.idle[0]?.since ?? 0))[0];
    const entry = oldest?.idle.shift();
    if (oldest === undefined || entry === undefined) return;
    oldest.all.delete(entry.instance);
    void entry.instance.terminate();
  }
}
