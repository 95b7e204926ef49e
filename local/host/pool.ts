import type { FunctionSpec } from './functions.ts';
import { Instance, type InstanceOptions, type Outcome } from './instance.ts';
import type { Sink } from './sink.ts';

export interface PoolOptions {
  functions: readonly FunctionSpec[];
  /** Instances of one function; further requests wait. */
  perFunction?: number;
  /** The same for a function that streams, whose instance is taken as long as an answer lasts. */
  perStream?: number;
  optionsFor(spec: FunctionSpec): Omit<InstanceOptions, 'spec'>;
}

interface Waiting {
  event: string;
  sink: Sink | undefined;
  resolve(outcome: Outcome): void;
}

interface Place {
  instance: Instance;
  version: string;
  /** When it was last used, by the monotonic clock. */
  since: number;
}

interface Group {
  spec: FunctionSpec;
  queue: Waiting[];
  /** Last used last. */
  idle: Place[];
  all: Set<Place>;
  starting: number;
}

/** The pools of this process, and how many instances they keep together: idle ones that were used longest ago end first. */
const pools = new Set<Pool>();
const maxInstances = 40;

/** Of the functions as they stand in the template. */
const firstVersion = '';

/** Runs functions as Lambda does: an instance per concurrent request up to a limit, kept for later requests. */
export class Pool {
  readonly #groups = new Map<string, Group>();
  readonly #options: PoolOptions;
  readonly #perFunction: number;
  readonly #perStream: number;
  #version = firstVersion;
  #stopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#perFunction = options.perFunction ?? 4;
    this.#perStream = options.perStream ?? 16;
    pools.add(this);
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

  /**
   * Lets requests meet instances of another version from now on, which `optionsFor` describes. Those of the first version
   * are kept for its return; all others end, if they run, once they have answered.
   */
  changeVersion(version: string = firstVersion): void {
    this.#version = version;
    for (const group of new Set(this.#groups.values())) {
      for (const place of group.idle.filter((one) => !this.#isKept(one))) this.#end(group, place);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    pools.delete(this);
    await Promise.all(
      [...new Set(this.#groups.values())].flatMap(({ all }) =>
        [...all].map(({ instance }) => instance.terminate()),
      ),
    );
  }

  #dispatch(group: Group): void {
    while (group.queue.length > 0) {
      const place = group.idle.findLast(({ version }) => version === this.#version);
      if (place === undefined) break;
      group.idle.splice(group.idle.indexOf(place), 1);
      const waiting = place.instance.dead ? undefined : group.queue.shift();
      if (waiting === undefined) this.#end(group, place);
      else void this.#run(group, place, waiting);
    }
    while (group.queue.length > group.starting && !this.#isFull(group) && !this.#stopped) {
      void this.#start(group);
    }
  }

  #isKept({ instance, version }: Place): boolean {
    return !instance.dead && (version === this.#version || version === firstVersion);
  }

  #isFull({ spec, all }: Group): boolean {
    const current = [...all].filter(({ version }) => version === this.#version);
    return current.length >= (spec.streams ? this.#perStream : this.#perFunction);
  }

  #end(group: Group, place: Place): void {
    group.idle = group.idle.filter((one) => one !== place);
    group.all.delete(place);
    void place.instance.terminate();
  }

  async #run(group: Group, place: Place, { event, sink, resolve }: Waiting): Promise<void> {
    resolve(await place.instance.invoke(event, sink));
    this.#release(group, place);
  }

  #release(group: Group, place: Place): void {
    place.since = performance.now();
    if (this.#isKept(place)) group.idle.push(place);
    else this.#end(group, place);
    this.#dispatch(group);
  }

  async #start(group: Group): Promise<void> {
    group.starting += 1;
    makeRoom();
    const instance = new Instance({ spec: group.spec, ...this.#options.optionsFor(group.spec) });
    const place: Place = { instance, version: this.#version, since: 0 };
    group.all.add(place);
    const error = await instance.ready;
    group.starting -= 1;
    if (error !== undefined) {
      instance.dead = true;
      group.queue.shift()?.resolve({ error });
    }
    this.#release(group, place);
  }

  /** How many instances there are, and the idle one that was used longest ago. */
  census(): { count: number; oldest: { since: number; end(): void } | undefined } {
    const groups = [...new Set(this.#groups.values())];
    const [first] = groups.filter(({ idle }) => idle.length > 0).toSorted((a, b) => sinceOf(a) - sinceOf(b));
    return {
      count: groups.reduce((sum, { all }) => sum + all.size, 0),
      oldest: first && { since: sinceOf(first), end: () => this.#end(first, first.idle[0]!) },
    };
  }
}

const sinceOf = ({ idle }: Group): number => idle[0]?.since ?? 0;

/** Ends the idle instance that was used longest ago, if there are too many. */
function makeRoom(): void {
  const all = [...pools].map((pool) => pool.census());
  if (all.reduce((sum, { count }) => sum + count, 0) < maxInstances) return;
  const [oldest] = all.flatMap(({ oldest }) => oldest ?? []).toSorted((a, b) => a.since - b.since);
  oldest?.end();
}
