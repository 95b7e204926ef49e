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

/** The most secrets that are looked for. */
const most = 2_000;

/** Collects the secrets of requests and answers, and looks for them in places where they may not be. */
export class Secrets {
  readonly #index = new SecretIndex();

  get size(): number {
    return this.#index.size;
  }

  note({ token, cookies = {}, json = {}, form = {} }: Draft, { text, headers }: Answer): void {
    if (this.#index.size >= most) return;
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
  find = (text: string): string[] => this.#index.find(text);

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
