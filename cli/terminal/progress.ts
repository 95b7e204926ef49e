/** A stream for people. */
export interface Screen {
  isTTY?: boolean;
  /** Its width; some terminals do not say. */
  columns?: number;
  write(text: string): unknown;
}

/** Time between two drawings. */
const redrawMs = 100;
/** Work that is shorter has no bar. */
const quietMs = 300;
/** Longest bar; where there is room for less than the shortest, there is none. */
const barLength = { min: 6, max: 24 };
/** Width of a terminal that does not say its own. */
const usualColumns = 80;
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
    if (this.#isDrawn && isLong) this.#screen.write(`${wipe}${this.#text()}`);
  }

  /** Removes the bar, so that text can be written in its place. */
  clear(): void {
    if (this.#isDrawn) this.#screen.write(wipe);
  }

  /** A dumb terminal cannot wipe a line. */
  get #isDrawn(): boolean {
    return this.#screen.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  /** One line, however narrow: a terminal wraps a longer one, and wipes its last part only. */
  #text(): string {
    const seconds = (this.#now() - this.#begun) / 1000;
    const rate = seconds > 0 ? Math.round((this.#done - this.#before) / seconds) : 0;
    // The last column stays free: some terminals wrap as soon as it is written to.
    const room = (this.#screen.columns || usualColumns) - 1;
    const count = `${this.#done} of ${this.#total} ${this.#what}`;
    const withRate = `${count}, ${rate} a second`;
    const words = withRate.length <= room ? withRate : count;
    const width = Math.min(barLength.max, room - words.length - 1);
    if (width < barLength.min) return words.slice(0, room);
    const full = Math.round((width * this.#done) / this.#total);
    return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${words}`;
  }
}
