import { isDeepStrictEqual } from 'node:util';
import type { FunctionVersion } from './function-version.ts';
import type { FunctionSpec } from './functions.ts';
import { endIdleThreads, forget, giveBack, takeThread } from './threads.ts';
import type { Outcome } from './outcome.ts';
import type { Sink } from './sink.ts';
import type { Thread } from './thread.ts';

export interface PoolOptions {
  functions: readonly FunctionSpec[];
  /** The most events of one function that run at once. Further events wait. */
  perFunction?: number;
  /** The same limit for a function that streams. It runs for as long as its answer lasts. */
  perStream?: number;
  /** The currently deployed version of a function. */
  versionOf(spec: FunctionSpec): FunctionVersion;
}

interface Waiting {
  event: string;
  /** When the event arrived, on the clock of `performance`. */
  since: number;
  sink: Sink | undefined;
  onStart: (() => void) | undefined;
  resolve(outcome: Outcome): void;
}

/** A version and the number of events that it is running. */
interface Deployed {
  version: FunctionVersion;
  running: number;
}

interface Group {
  spec: FunctionSpec;
  queue: Waiting[];
  /** Ends the wait for a thread that has the function loaded. */
  timer?: NodeJS.Timeout | undefined;
  /** The versions whose execution environments are kept, the one deployed last at the end. */
  versions: Deployed[];
  /** The currently deployed version, once it has run. */
  current?: Deployed | undefined;
}

/** How many versions of a function keep their execution environments: tests come back to few settings, again and again. */
const mostVersions = 4;

/** How long an event waits for a busy thread that has its function loaded, if there is no room for another thread. */
const patienceMs = 2_000;

/** The pools of this process. */
const pools = new Set<Pool>();

/** Runs the functions of a stack as Lambda does: an execution environment per concurrent request up to a limit, kept for later requests. */
export class Pool {
  readonly #groups: ReadonlyMap<FunctionSpec, Group>;
  readonly #options: PoolOptions;
  readonly #perFunction: number;
  readonly #perStream: number;
  readonly #busy = new Map<Thread, Group>();
  /** Groups with events that wait for a thread. */
  readonly #waiting = new Set<Group>();
  #stopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#perFunction = options.perFunction ?? 4;
    this.#perStream = options.perStream ?? 16;
    pools.add(this);
    this.#groups = new Map(options.functions.map((spec) => [spec, { spec, queue: [], versions: [] }]));
  }

  /** Invokes a function with an event as JSON text. `sink` receives a streamed answer; `onStart` is called when the function starts. */
  invoke(spec: FunctionSpec, event: string, sink?: Sink, onStart?: () => void): Promise<Outcome> {
    const group = this.#groups.get(spec)!;
    if (this.#stopped) throw new Error('the stack is stopped');
    return new Promise((resolve) => {
      group.queue.push({ event, since: performance.now(), sink, onStart, resolve });
      this.#dispatch(group);
    });
  }

  /**
   * Runs later requests with the versions that `versionOf` describes from now on. A function whose environment variables stay
   * the same, or come back, finds its former execution environments.
   */
  changeVersions(): void {
    for (const group of this.#groups.values()) {
      group.current = undefined;
      this.#dispatch(group);
    }
  }

  /** Ends the execution environments of a function, as Lambda may at any time. A busy one ends after its answer. */
  restart(spec: FunctionSpec): void {
    for (const { version } of this.#groups.get(spec)!.versions) forget(version);
  }

  /** Ends the execution environments that run a function at present, as a crash does. */
  async crash(spec: FunctionSpec): Promise<void> {
    const group = this.#groups.get(spec);
    const running = [...this.#busy].filter(([, one]) => one === group);
    await Promise.all(running.map(([thread]) => thread.terminate()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    pools.delete(this);
    for (const { versions } of this.#groups.values()) for (const { version } of versions) forget(version);
    await Promise.all([...this.#busy.keys()].map((thread) => thread.terminate()));
    if (pools.size === 0) await endIdleThreads();
  }

  #dispatch(group: Group): void {
    const limit = group.spec.streams ? this.#perStream : this.#perFunction;
    while (group.queue.length > 0 && !this.#stopped) {
      const deployed = this.#deployedOf(group);
      if (deployed.running >= limit) return;
      // A streamed answer lasts too long for another event to wait for its thread.
      const isPatient = !group.spec.streams && performance.now() - group.queue[0]!.since < patienceMs;
      const thread = takeThread(deployed.version, isPatient);
      if (thread === undefined) return this.#wait(group);
      void this.#run(group, deployed, thread, group.queue.shift()!);
    }
  }

  #wait(group: Group): void {
    this.#waiting.add(group);
    group.timer ??= setTimeout(() => {
      group.timer = undefined;
      this.#dispatch(group);
    }, patienceMs);
  }

  #dispatchWaiting(): void {
    const groups = [...this.#waiting];
    this.#waiting.clear();
    for (const group of groups) this.#dispatch(group);
  }

  #deployedOf(group: Group): Deployed {
    group.current ??= this.#findVersion(group);
    return group.current;
  }

  /** The version to run now: a kept one with the same environment variables, else a new one. */
  #findVersion({ spec, versions }: Group): Deployed {
    const version = this.#options.versionOf(spec);
    const at = versions.findIndex((kept) => isDeepStrictEqual(kept.version.environment, version.environment));
    const found = at < 0 ? { version, running: 0 } : versions.splice(at, 1)[0]!;
    versions.push(found);
    if (versions.length > mostVersions) forget(versions.shift()!.version);
    return found;
  }

  async #run(group: Group, deployed: Deployed, thread: Thread, waiting: Waiting): Promise<void> {
    const { event, sink, onStart, resolve } = waiting;
    onStart?.();
    const { version } = deployed;
    deployed.running += 1;
    this.#busy.set(thread, group);
    const error = thread.has(version) ? undefined : await thread.load(version);
    resolve(error ? { error } : await thread.invoke(version, event, sink));
    deployed.running -= 1;
    this.#busy.delete(thread);
    const isKept = !this.#stopped && group.versions.includes(deployed);
    if (!isKept && !thread.dead) thread.forget(version);
    giveBack(thread);
    this.#dispatch(group);
    for (const pool of pools) pool.#dispatchWaiting();
  }
}
