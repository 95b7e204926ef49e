/** A stream for people. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Time between two drawings. */
const redrawMs = 100;
/** Work that is shorter has no bar. */
const quietMs = 300;
const width = 24;
/** Goes to the line's beginning and wipes it. */
export const wipe = '\r\u001b[K';

/** How far long work has come: drawn on a terminal, silent elsewhere. */
export class Progress {
  readonly #screen: Screen;
  readonly #total: number;
  readonly #what: string;
  readonly #now: () => number;
  readonly #begun: number;
  #done = 0;
  /** What was done before this run. */
  #before = 0;
  #drawn = -Infinity;

  constructor(
    screen: Screen,
    total: number,
    what: string,
    now: () => number = performance.now.bind(performance),
  ) {
    this.#screen = screen;
    this.#total = total;
    this.#what = what;
    this.#now = now;
    this.#begun = now();
  }

  /** Counts what an earlier run has done, which does not make this one faster. */
  resume(count: number): void {
    this.#before += count;
    this.advance(count);
  }

  advance(count = 1): void {
    this.#done += count;
    const now = this.#now();
    if (now - this.#drawn < redrawMs && this.#done < this.#total) return;
    this.#drawn = now;
    this.draw();
  }

  draw(): void {
    const isLong = this.#now() - this.#begun > quietMs;
    if (this.#screen.isTTY && isLong) this.#screen.write(`${wipe}${this.#text()}`);
  }

  /** Removes the bar, so that text can be written in its place. */
  clear(): void {
    if (this.#screen.isTTY) this.#screen.write(wipe);
  }

  #text(): string {
    const full = Math.round((width * this.#done) / this.#total);
    const seconds = (this.#now() - this.#begun) / 1000;
    const rate = seconds > 0 ? Math.round((this.#done - this.#before) / seconds) : 0;
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    return `${bar} ${this.#done} of ${this.#total} ${this.#what}, ${rate} a second`;
  }
}
