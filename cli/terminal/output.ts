import { stripVTControlCharacters } from 'node:util';
import type { Result } from '../result.ts';
import { Progress, type Screen } from './progress.ts';

/** Text from the server must not move the cursor, colour the terminal or turn its line around, and must stay one line. */
const plain = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '');

/** Columns of the same width. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Standard output takes data and nothing else; everything that is said goes to standard error. */
export class Output {
  readonly #data: Screen;
  readonly #prose: Screen;
  #progress: Progress | undefined;

  constructor(data: Screen = process.stdout, prose: Screen = process.stderr) {
    this.#data = data;
    this.#prose = prose;
  }

  /** Whether the data goes to a terminal. */
  get isRead(): boolean {
    return this.#data.isTTY === true;
  }

  /** Says something to the person who runs the command. */
  say(...lines: readonly string[]): void {
    this.#progress?.clear();
    for (const line of lines) this.#prose.write(`${plain(line)}\n`);
    this.#progress?.draw();
  }

  /** Prints the result: aligned under its head on a terminal, else with a tab between cells, or as JSON. */
  print({ json, rows, head }: Result, asJson: boolean): void {
    if (asJson) {
      this.#data.write(`${JSON.stringify(json, null, this.isRead ? 2 : 0)}\n`);
      return;
    }
    const cells = rows.map((row) => row.map(plain));
    const lines = this.isRead
      ? aligned(head && cells.length > 0 ? [head, ...cells] : cells)
      : cells.map((row) => row.join('\t'));
    if (lines.length > 0) this.#data.write(`${lines.join('\n')}\n`);
  }

  /** Runs work that takes a while, with a bar of how far it has come. */
  async progress<T>(total: number, what: string, work: (progress: Progress) => Promise<T>): Promise<T> {
    const progress = new Progress(this.#prose, total, what);
    this.#progress = progress;
    try {
      return await work(progress);
    } finally {
      progress.clear();
      this.#progress = undefined;
    }
  }
}
