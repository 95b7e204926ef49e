/**
 * The time for all functions of a stack: the machine's time shifted by an offset that tests and people set, or a fixed moment
 * while the clock is stopped.
 */
export class ShiftedClock {
  /** Two float64 in milliseconds, which every function's thread reads: the offset, and the moment of a stopped clock, else 0. */
  readonly shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
  readonly #time = new Float64Array(this.shared);
  readonly #listeners: (() => void)[] = [];

  /** Milliseconds since 1970. */
  now = (): number => this.#time[1] || Date.now() + this.#time[0]!;

  get offsetSeconds(): number {
    return (this.#time[1] ? this.#time[1] - Date.now() : this.#time[0]!) / 1000;
  }

  /** Also restarts a stopped clock. */
  set offsetSeconds(seconds: number) {
    this.#time.set([seconds * 1000, 0]);
    for (const listener of this.#listeners) listener();
  }

  /** Stops the clock at a moment, in milliseconds since 1970, regardless of how long the following steps take. */
  standAt(moment: number): void {
    this.#time.set([0, moment]);
    for (const listener of this.#listeners) listener();
  }

  /** Restarts a stopped clock from its moment. */
  go(): void {
    const { offsetSeconds } = this;
    this.offsetSeconds = offsetSeconds;
  }

  /** Calls `listener` after each change of the clock. */
  onShift(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
