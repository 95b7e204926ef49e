import type { Stack } from '#local/stack/running-stack.ts';
import { SecretIndex } from '../../harness/stack/secret-index.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './wire.ts';

/** Fields whose values give access. */
const secretFields = new Set([
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'code_verifier',
  'password',
  'currentPassword',
  'passphrase',
  'key',
]);
const inAnswer = /"(token|access_token|refresh_token)":"([^"]+)"|\/invite\/([\w.-]+)/g;

/** The part of a token after its ids: its signature or its random part. */
const secretPart = (token: string): string => token.slice(token.lastIndexOf('.') + 1);

/** With this many secrets an index is full: each takes some 20 kB. */
const most = 5_000;

/** Collects the secrets of requests and answers, and looks for them in places where they may not be. */
export class Secrets {
  #index = new SecretIndex();
  #former = new SecretIndex();

  /** The number of secrets that are looked for. */
  get size(): number {
    return this.#former.size + this.#index.size;
  }

  /** Whether it is time to look for the secrets, and then to `turn`. */
  get isFull(): boolean {
    return this.#index.size >= most;
  }

  /**
   * Begins a new index, and forgets the one before the last. The secrets of the last one are still looked for, as a job may write
   * later. A secret that requests go on using is collected anew.
   */
  turn(): void {
    [this.#former, this.#index] = [this.#index, new SecretIndex()];
  }

  note({ token, cookies = {}, json = {}, form = {} }: Draft, { text, headers }: Answer): void {
    const own = Object.entries({ ...json, ...form }).filter(([name]) => secretFields.has(name));
    const given = [...text.matchAll(inAnswer)].map(([, name = 'invite', value, link]) => [
      name,
      value ?? link,
    ]);
    const set = (headers['set-cookie'] ?? []).map((line) => line.split(/[=;]/, 2));
    const shown: [string, unknown][] = [['token', token], ...Object.entries(cookies)];
    for (const [name, value] of [...own, ...given, ...set, ...shown])
      if (typeof value === 'string') this.#index.add(String(name), secretPart(value));
  }

  /** The names of the secrets that a text contains. */
  find = (text: string): string[] => [...new Set([...this.#former.find(text), ...this.#index.find(text)])];

  /** The places of a stack that hold a secret, apart from the mail to its owner. */
  async placesIn(stack: Stack): Promise<string[]> {
    const places: Record<string, readonly unknown[]> = {
      logs: stack.logs(),
      'records of calls': stack.calls(),
      mails: stack.mails(),
      metrics: stack.metrics(),
      'queue of failures': stack.failed(),
      ...(await stack.dumpTables()),
    };
    return Object.entries(places).flatMap(([place, entries]) => {
      const found = new Set(entries.flatMap((entry) => this.find(JSON.stringify(entry))));
      // A link is mailed to its guest.
      if (place === 'mails') found.delete('invite');
      return [...found].map((name) => `${name} in ${place}`);
    });
  }
}
