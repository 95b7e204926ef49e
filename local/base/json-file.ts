import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod/mini';
import { BrokenFile, type Meaning } from './broken-file.ts';

/** Only the user who started the stack may read what it stores: it holds keys and mails. */
const mode = 0o600;

/** The expected content of a file, and its meaning to the owner of the data. */
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

/** Writes a file atomically: a reader sees the old content or the new content, never a part. */
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

  /** The value, or undefined if there is no file. @throws BrokenFile if the content is not what was written there. */
  read(): z.output<Schema> | undefined {
    const text = readText(this.path, this.#expected);
    return text === undefined ? undefined : parse(this.path, text, this.#expected);
  }

  write(value: z.output<Schema>): void {
    writeWhole(this.path, JSON.stringify(value, null, 2));
  }
}

/** A list in one file, one JSON value per line. The cost of adding does not depend on the length. */
export class JsonLines<Schema extends z.ZodMiniType> {
  readonly #path: string;
  readonly #expected: Expected<Schema>;

  constructor(path: string, expected: Expected<Schema>) {
    this.#path = path;
    this.#expected = expected;
  }

  /**
   * All values, oldest first. A last line that a crash cut off is dropped, from the file too.
   * @throws BrokenFile if a line is not what was written there.
   */
  read(): z.output<Schema>[] {
    const text = readText(this.#path, this.#expected) ?? '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const values = whole
      .split('\n')
      .flatMap((line, index) => (line === '' ? [] : [parse(this.#path, line, this.#expected, index + 1)]));
    const rest = text.slice(whole.length);
    // Every value is an object, so any other beginning was not written by this class.
    if (rest !== '' && !rest.startsWith('{'))
      throw new BrokenFile(this.#path, 'it ends with something else', this.#expected);
    if (rest !== '') truncateSync(this.#path, Buffer.byteLength(whole));
    return values;
  }

  add(value: z.output<Schema>): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(value)}\n`, { mode });
  }

  /** Replaces the list in the file. */
  replace(values: Iterable<z.output<Schema>>): void {
    writeWhole(this.#path, Array.from(values, (value) => `${JSON.stringify(value)}\n`).join(''));
  }
}
