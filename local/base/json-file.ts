import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Only the user who started the stack may read what it stores: it holds keys and mails. */
const mode = 0o600;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${path} is not the JSON that was written there; move it away to start afresh`, {
      cause,
    });
  }
}

/** One value in one file, owned by one process. A reader sees the old value or the new one, never a part. */
export class JsonFile<T> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The value, or undefined while there is no file. */
  read(): T | undefined {
    const text = readText(this.#path);
    return text === undefined ? undefined : parse<T>(this.#path, text);
  }

  write(value: T): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const next = `${this.#path}.next`;
    writeFileSync(next, JSON.stringify(value, null, 2), { mode, flush: true });
    renameSync(next, this.#path);
  }
}

/** A list in one file, one JSON value a line, that only grows: adding costs the same however long it is. */
export class JsonLines<T> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** All values, oldest first. A last line that a crash cut off is dropped, from the file too. */
  read(): T[] {
    const text = readText(this.#path) ?? '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) truncateSync(this.#path, Buffer.byteLength(whole));
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => parse<T>(this.#path, line));
  }

  add(value: T): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(value)}\n`, { mode });
  }
}
