import { setTimeout as delay } from 'node:timers/promises';

/** Work that is performed after its caller's connection has ended. */
export class LateWork {
  readonly #underWay = new Set<Promise<void>>();

  /** Performs `work` after `ms` milliseconds. */
  add(ms: number, work: () => Promise<void>): void {
    this.take(delay(ms).then(work));
  }

  /** Takes over work that has begun and that its caller may not wait for. */
  take(work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Resolves when all the work is done. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
