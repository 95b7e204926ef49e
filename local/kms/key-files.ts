import * as z from 'zod/mini';
import { beginElsewhere, BrokenFile } from '../base/broken-file.ts';
import { JsonFile } from '../base/json-file.ts';

const storedKey = z.object({
  /** 32 bytes in base64. */
  material: z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/)),
  createdAt: z.number(),
  enabled: z.boolean(),
});

export type StoredKey = z.output<typeof storedKey>;
type Keys = Record<string, StoredKey>;

const expected = {
  schema: z.record(z.string(), storedKey),
  holds:
    'the keys of everything that is kept beside it: ' +
    'without them no password, no invite link, no mailed code and no stored API key works any more',
  remedy: beginElsewhere,
};

/** The path of the copy of a key file: `kms.json` has `kms.copy.json`. */
const copyOf = (path: string): string => path.replace(/(\.\w+)?$/, '.copy$1');

interface Found {
  keys?: Keys | undefined;
  /** Why the file cannot be used. */
  why?: string;
}

function find(file: JsonFile<typeof expected.schema>): Found {
  try {
    return { keys: file.read() };
  } catch (error) {
    if (error instanceof BrokenFile) return { why: error.why };
    throw error;
  }
}

/**
 * Keys in a file, with a copy beside it. If the file does not have the keys of its copy, or is missing although it must have
 * existed, nothing is written. The error then says what is at stake and whether the copy can replace the file.
 */
export class KeyFiles {
  readonly #file: JsonFile<typeof expected.schema>;
  readonly #copy: JsonFile<typeof expected.schema>;
  readonly #isUsed: boolean;

  /** @param isUsed whether stored data exists that is worthless without the keys */
  constructor(path: string, isUsed: boolean) {
    this.#file = new JsonFile(path, expected);
    this.#copy = new JsonFile(copyOf(path), expected);
    this.#isUsed = isUsed;
  }

  /** The keys; undefined if none were ever made. */
  read(): Keys | undefined {
    const { keys, why } = find(this.#file);
    const copy = find(this.#copy);
    const wasThere = this.#isUsed || copy.keys !== undefined || copy.why !== undefined;
    if (why !== undefined) throw this.#refusal(why, copy);
    if (keys === undefined && wasThere) throw this.#refusal('it is missing', copy);
    const differs = Object.entries(copy.keys ?? {}).some(
      ([arn, key]) => keys?.[arn]?.material !== key.material,
    );
    if (differs) throw this.#refusal(`it has not the keys of its copy, ${this.#copy.path}`, copy);
    return keys;
  }

  write(keys: Keys): void {
    this.#file.write(keys);
    this.#copy.write(keys);
  }

  #refusal(why: string, copy: Found): BrokenFile {
    const restore = `Its copy is whole: copy ${this.#copy.path} over ${this.#file.path} and start again.`;
    return new BrokenFile(this.#file.path, why, { ...expected, ...(copy.keys && { remedy: restore }) });
  }
}
