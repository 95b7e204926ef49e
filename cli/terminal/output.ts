import { stripVTControlCharacters } from 'node:util';
import { textCell } from '#shared/table/csv.ts';
import { wrongUsage } from '../failures.ts';
import { isSystemError, reasonOf } from '../files/system-error.ts';
import type { Result } from '../result.ts';
import { aligned } from './aligned.ts';
import { Progress, type Screen } from './progress.ts';
import { isOutputClosed, standardOutput } from './standard-output.ts';

/** Text from the server must not move the cursor, colour the terminal or reverse its line, and must stay one line. */
const plain = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '');

/** A cell for a file that a spreadsheet may open (C75). Ids stay as they are, so that scripts find them again. */
const asText = (cell: string): string => (/^[\w-]{22}$/.test(cell) ? cell : textCell(cell));

/** Standard output gets data and nothing else. All messages go to standard error. */
export class Output {
  readonly #data: Screen;
  readonly #prose: Screen;
  #progress: Progress | undefined;

  constructor(data: Screen = standardOutput, prose: Screen = process.stderr) {
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

  /** Ends a command whose result is shown only once, before it makes that result, if no one would see it. */
  mustBeOpen(wayOut: string): void {
    if (isOutputClosed()) throw wrongUsage('Standard output is closed; nothing was done.', [wayOut]);
  }

  /**
   * Prints the result: aligned under its head on a terminal, else with a tab between cells, or as JSON. Returns the reason if it
   * could not be written.
   */
  async print(result: Result, asJson: boolean): Promise<string | undefined> {
    const { json, rows, head, text } = result;
    if (asJson) return await this.write(`${JSON.stringify(json, null, this.isRead ? 2 : 0)}\n`, result);
    if (text !== undefined) return await this.write(text, result);
    const cells = rows.map((row) => row.map(plain));
    const lines = this.isRead
      ? aligned(head && cells.length > 0 ? [head, ...cells] : cells)
      : cells.map((row) => row.map(asText).join('\t'));
    return lines.length > 0 ? await this.write(`${lines.join('\n')}\n`, result) : undefined;
  }

  /**
   * Writes data. Returns the reason if it could not be written. A closed output counts as a failure only if the command does
   * nothing but show data. A reader who is gone counts only if the data is shown once: a person who pipes into `head` has read
   * enough of any other output.
   */
  async write(
    text: string,
    { done, isShownOnce = false }: Pick<Result, 'done' | 'isShownOnce'> = {},
  ): Promise<string | undefined> {
    if (!done && this.#data === standardOutput && isOutputClosed()) return 'it is closed';
    try {
      await this.#data.write(text);
      return undefined;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return error.code === 'EPIPE' && !isShownOnce ? undefined : reasonOf(error);
    }
  }

  /** Runs work that takes a while, with a progress bar. */
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
