import { isObject } from '../base/is-object.ts';
import { KmsError } from './errors.ts';

/** The context to which a ciphertext is bound: decryption requires the same names and values. */
export type EncryptionContext = Readonly<Record<string, string>>;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const invalid = (name: string, constraint: string): KmsError =>
  new KmsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`,
  );

const wrongType = (name: string, type: string): KmsError =>
  new KmsError('SerializationException', `${name} must be ${type}`);

/** Typed access to a request's members. A wrong or missing member throws the error that KMS would answer. */
export class Fields {
  readonly #members: Record<string, unknown>;

  constructor(body: unknown) {
    if (!isObject(body)) throw wrongType('The request', 'a JSON object');
    this.#members = body;
  }

  has(name: string): boolean {
    return this.#members[name] !== undefined && this.#members[name] !== null;
  }

  text(name: string): string {
    if (!this.has(name)) throw invalid(name, 'Member must not be null');
    const value = this.#members[name];
    if (typeof value !== 'string') throw wrongType(name, 'a string');
    return value;
  }

  /** One of `options`; without `otherwise` the member is required. */
  choice<T extends string>(name: string, options: readonly T[], otherwise?: T): T {
    if (otherwise !== undefined && !this.has(name)) return otherwise;
    const value = this.text(name);
    const found = options.find((option) => option === value);
    if (found === undefined)
      throw invalid(name, `Member must satisfy enum value set: [${options.join(', ')}]`);
    return found;
  }

  integer(name: string, most: number): number {
    const value = this.#members[name];
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'an integer');
    if (value < 1 || value > most) throw invalid(name, `Member must have value between 1 and ${most}`);
    return value;
  }

  /** Bytes sent as base64, at least one and at most `most`. */
  bytes(name: string, most: number): Buffer {
    const text = this.text(name);
    if (!base64.test(text)) throw wrongType(name, 'base64');
    const value = Buffer.from(text, 'base64');
    if (value.length < 1 || value.length > most) {
      throw invalid(name, `Member must have length between 1 and ${most}`);
    }
    return value;
  }

  context(name: string): EncryptionContext {
    if (!this.has(name)) return {};
    const value = this.#members[name];
    if (!isObject(value)) throw wrongType(name, 'a map');
    return Object.fromEntries(
      Object.entries(value).map(([key, text]) => {
        if (typeof text !== 'string') throw wrongType(`${name}.${key}`, 'a string');
        return [key, text];
      }),
    );
  }
}
