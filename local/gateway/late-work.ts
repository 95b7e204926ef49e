import { setTimeout as delay } from 'node:timers/promises';

/** Work that is done after whoever asked for it was told nothing. */
export class LateWork {
  readonly #underWay = new Set<Promise<void>>();

  /** Does `work` in so many milliseconds. */
  add(ms: number, work: () => Promise<void>): void {
    this.take(delay(ms).then(work));
  }

  /** Takes work that has begun, and that its asker may not wait for. */
  take(work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Resolves when all of it is done. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
