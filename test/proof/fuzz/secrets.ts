import type { Stack } from '#local/stack/running-stack.ts';
import { SecretIndex } from '../../harness/stack/secret-index.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './wire.ts';

/** Fields whose values let somebody in. */
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

/** Of a token, the part behind its ids: a signature, or what nobody can guess. */
const secretPart = (token: string): string => token.slice(token.lastIndexOf('.') + 1);

/** So many are looked for. */
const most = 2_000;

/** The secrets of requests and their answers, and where they may not be. */
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

  /** Those that stand in a text. */
  find = (text: string): string[] => this.#index.find(text);

  /** Where a stack holds one of them, besides where its owner is told it. */
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
      // A link is mailed to whom it is for.
      if (place === 'mails') found.delete('invite');
      return [...found].map((name) => `${name} in ${place}`);
    });
  }
}
