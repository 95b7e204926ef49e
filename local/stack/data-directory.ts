import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { JsonFile } from '../base/json-file.ts';
import { checkDatabase, enginesIn } from '../engine/databases.ts';
import { lockData } from './data-lock.ts';

/** The format that this version writes. A version that writes something which this one cannot read must raise the number. */
const format = 1;

const expected = {
  schema: z.object({ format: z.int(), stores: z.readonly(z.array(z.string())) }),
  holds: 'what this directory was used for',
  remedy: 'Remove it and start again: it is written anew.',
};

/** The name of the file that says what a directory is. */
const recordName = 'latchkey-data.json';

/** The files of versions that wrote no record yet. */
const older = ['pid', 'kms.json', 'mails.jsonl', 'streams.json', 'dynoxide.db', 'dynamodb-local'];

/** A directory in which only this process keeps data. */
export interface DataDirectory {
  path: string;
  /** Names or URLs of the engines whose tables need the files here. The most recently used one is last. */
  stores: readonly string[];
  /** Records that an engine keeps data here from now on. */
  keep(store: string): void;
  close(): void;
}

/** Creates the directory. Refuses a directory that belongs to something else. */
function prepare(path: string): void {
  let names: string[];
  try {
    // Other users of this machine must not read keys, mails and links.
    mkdirSync(path, { recursive: true, mode: 0o700 });
    names = readdirSync(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No data can be kept in ${path} (${why}): give another --data DIR, or --memory.`, {
      cause,
    });
  }
  if ([recordName, 'lock', ...older].some((name) => names.includes(name))) return;
  // File systems and version control leave these entries in empty directories.
  const foreign = names.find((name) => !name.startsWith('.') && name !== 'lost+found');
  if (foreign !== undefined)
    throw new Error(
      `${path} holds files of something else, such as ${foreign}: give a --data DIR of its own.`,
    );
}

/** The engines whose tables are here, after checking that each database exists and is undamaged. */
function readStores(path: string, record: JsonFile<typeof expected.schema>): readonly string[] {
  const kept = record.read();
  if (kept !== undefined && kept.format > format)
    throw new Error(
      `${path} was written by a newer Latchkey: start that one, or give another --data DIR. Nothing was changed.`,
    );
  const stores = kept?.stores ?? enginesIn(path);
  for (const store of stores) checkDatabase(store, path);
  return stores;
}

/** Opens a data directory for this process. An unusable directory is left unchanged, and the error says why. */
export function openData(path: string): DataDirectory {
  prepare(path);
  const close = lockData(path);
  const record = new JsonFile(join(path, recordName), expected);
  try {
    const stores = readStores(path, record);
    // So that the files of a first start that was killed are not mistaken for a loss of data.
    if (stores.length === 0) record.write({ format, stores });
    const keep = (store: string): void =>
      record.write({ format, stores: [...stores.filter((one) => one !== store), store] });
    return { path, stores, keep, close };
  } catch (error) {
    close();
    throw error;
  }
}
