import { setTimeout as delay } from 'node:timers/promises';

/** Work that is done after whoever asked for it was told nothing. */
export class LateWork {
  readonly #underWay = new Set<Promise<void>>();

  /** Does `work` in so many milliseconds. */
  add(ms: number, work: () => Promise<void>): void {
    const done = delay(ms)
      .then(work)
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    // Nobody need wait for it.
    done.catch(() => undefined);
  }

  /** Resolves when all of it is done. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
