import { randomBytes } from 'node:crypto';
import { KmsError } from './errors.ts';
import type { KeyFiles, StoredKey } from './key-files.ts';

export type KeySpec = 'HMAC_256' | 'SYMMETRIC_DEFAULT';

export interface Key {
  readonly arn: string;
  /** The last part of the ARN. */
  readonly id: string;
  readonly spec: KeySpec;
  /** 32 random bytes, which no action ever returns. */
  readonly material: Buffer;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  enabled: boolean;
}

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const newKey = (): StoredKey => ({
  material: randomBytes(32).toString('base64'),
  createdAt: Date.now(),
  enabled: true,
});

/** The keys of one account and region, found by ARN or id. With a file they outlive the process. */
export class KeyStore {
  readonly #keys: readonly Key[];
  readonly #files: KeyFiles | undefined;
  /** All keys in the file. A key that the template no longer names stays there, for the data that it encrypted. */
  readonly #stored: Record<string, StoredKey>;

  constructor(specs: Readonly<Record<string, KeySpec>>, files: KeyFiles | undefined) {
    this.#files = files;
    this.#stored = files?.read() ?? {};
    this.#keys = Object.entries(specs).map(([arn, spec]) => {
      const { material, createdAt, enabled } = (this.#stored[arn] ??= newKey());
      return { arn, id: idOf(arn), spec, material: Buffer.from(material, 'base64'), createdAt, enabled };
    });
    this.#files?.write(this.#stored);
  }

  has(name: string): boolean {
    return this.#keys.some(({ arn, id }) => name === arn || name === id);
  }

  /** The key with this ARN or id. Throws NotFoundException if there is none. */
  find(name: string): Key {
    const key = this.#keys.find(({ arn, id }) => name === arn || name === id);
    if (key === undefined) throw new KmsError('NotFoundException', `Key '${name}' does not exist`);
    return key;
  }

  /** Like `find`, but throws unless the key is enabled and has this spec. */
  usable(name: string, spec: KeySpec): Key {
    const key = this.find(name);
    if (!key.enabled) throw new KmsError('DisabledException', `${key.arn} is disabled.`);
    if (key.spec !== spec) {
      throw new KmsError(
        'InvalidKeyUsageException',
        `${key.arn} key spec is ${key.spec}, which does not allow this.`,
      );
    }
    return key;
  }

  setEnabled(name: string, enabled: boolean): void {
    const key = this.find(name);
    key.enabled = enabled;
    const stored = this.#stored[key.arn];
    if (stored !== undefined) stored.enabled = enabled;
    this.#files?.write(this.#stored);
  }
}
