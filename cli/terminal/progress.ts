/** A stream for people. */
export interface Screen {
  isTTY?: boolean;
  /** Width in characters; some terminals do not tell it. */
  columns?: number;
  write(text: string): unknown;
}

/** Time between two drawings. */
const redrawMs = 100;
/** Work that is shorter has no bar. */
const quietMs = 300;
/** Lengths of the bar. If there is less room than the shortest, no bar is drawn. */
const barLength = { min: 6, max: 24 };
/** Width to assume if the terminal does not tell its own. */
const usualColumns = 80;
/** Moves the cursor to the beginning of the line and clears the line. */
export const wipe = '\r\u001b[K';

/** The progress of long work: drawn on a terminal, silent elsewhere. */
export class Progress {
  readonly #screen: Screen;
  readonly #total: number;
  readonly #what: string;
  readonly #now: () => number;
  readonly #begun: number;
  #done = 0;
  /** The part that an earlier run did. */
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

  /** Counts what an earlier run has done. It does not count towards this run's rate. */
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

  /** Whether the bar is drawn at all: a dumb terminal cannot clear a line. */
  get #isDrawn(): boolean {
    return this.#screen.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  /** Always one line: a terminal would wrap a longer text, and only its last part would be cleared. */
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
