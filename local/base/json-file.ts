import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod/mini';
import { BrokenFile, type Meaning } from './broken-file.ts';

/** Only the user who started the stack may read what it stores: it holds keys and mails. */
const mode = 0o600;

/** What a file should hold, and what it means to the person whose data it is. */
export interface Expected<Schema extends z.ZodMiniType> extends Meaning {
  schema: Schema;
}

function readText(path: string, meaning: Meaning): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new BrokenFile(path, String(error), meaning);
  }
}

/** A reader sees the old content or the new one, never a part. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.next`;
  writeFileSync(next, text, { mode, flush: true });
  renameSync(next, path);
}

function parse<Schema extends z.ZodMiniType>(
  path: string,
  text: string,
  { schema, ...meaning }: Expected<Schema>,
  line?: number,
): z.output<Schema> {
  const where = line === undefined ? '' : ` in line ${line}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BrokenFile(path, `it is no JSON${where}`, meaning);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BrokenFile(path, `it holds something else${where}`, meaning);
}

/** One value in one file, owned by one process. */
export class JsonFile<Schema extends z.ZodMiniType> {
  readonly path: string;
  readonly #expected: Expected<Schema>;

  constructor(path: string, expected: Expected<Schema>) {
    this.path = path;
    this.#expected = expected;
  }

  /** The value, or undefined while there is no file. @throws BrokenFile when it is not what was written there. */
  read(): z.output<Schema> | undefined {
    const text = readText(this.path, this.#expected);
    return text === undefined ? undefined : parse(this.path, text, this.#expected);
  }

  write(value: z.output<Schema>): void {
    writeWhole(this.path, JSON.stringify(value, null, 2));
  }
}

/** A list in one file, one JSON value a line: adding costs the same however long it is. */
export class JsonLines<Schema extends z.ZodMiniType> {
  readonly #path: string;
  readonly #expected: Expected<Schema>;

  constructor(path: string, expected: Expected<Schema>) {
    this.#path = path;
    this.#expected = expected;
  }

  /**
   * All values, oldest first. A last line that a crash cut off is dropped, from the file too.
   * @throws BrokenFile when a line is not what was written there.
   */
  read(): z.output<Schema>[] {
    const text = readText(this.#path, this.#expected) ?? '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const values = whole
      .split('\n')
      .flatMap((line, index) => (line === '' ? [] : [parse(this.#path, line, this.#expected, index + 1)]));
    const rest = text.slice(whole.length);
    // Every value is an object: what begins otherwise was written by somebody else.
    if (rest !== '' && !rest.startsWith('{'))
      throw new BrokenFile(this.#path, 'it ends with something else', this.#expected);
    if (rest !== '') truncateSync(this.#path, Buffer.byteLength(whole));
    return values;
  }

  add(value: z.output<Schema>): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(value)}\n`, { mode });
  }

  /** Puts a list in the place of the one that is there. */
  replace(values: Iterable<z.output<Schema>>): void {
    writeWhole(this.#path, Array.from(values, (value) => `${JSON.stringify(value)}\n`).join(''));
  }
}
