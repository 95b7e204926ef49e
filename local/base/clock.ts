/** The time that all functions of a stack live in: the machine's, shifted by an offset that tests and people set. */
export class ShiftedClock {
  /** Holds the offset in milliseconds as one float64; every function's thread reads it. */
  readonly shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  readonly #offset = new Float64Array(this.shared);
  readonly #listeners: (() => void)[] = [];

  /** Milliseconds since 1970. */
  now = (): number => Date.now() + (this.#offset[0] ?? 0);

  get offsetSeconds(): number {
    return (this.#offset[0] ?? 0) / 1000;
  }

  set offsetSeconds(seconds: number) {
    this.#offset[0] = seconds * 1000;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each change of the offset. */
  onShift(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
