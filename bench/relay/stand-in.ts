import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BehaviourRequest } from '#local/provider/behaviours.ts';

/** The stand-in for the providers in its own process, so that its cost is not counted as the relay's. */
export class StandIn {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(): Promise<StandIn> {
    const child = fork(fileURLToPath(new URL('./stand-in-process.ts', import.meta.url)));
    const [url] = (await once(child, 'message')) as [string];
    return new StandIn(url, child);
  }

  /** Replaces what the stand-in does instead of a normal answer. */
  async behave(list: readonly BehaviourRequest[]): Promise<void> {
    const done = once(this.#process, 'message');
    this.#process.send([...list]);
    await done;
  }

  stop(): void {
    this.#process.kill();
  }
}
