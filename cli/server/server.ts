import type * as z from 'zod/mini';
import { Unreachable, type Ending } from '../failures.ts';
import { networkFailureOf } from './network-failure.ts';
import { readAnswer } from './read-response.ts';
import { retry } from './retry.ts';

/** API Gateway itself gives up after 30 seconds. */
const timeoutMs = 35_000;

export interface Connection {
  /** Origin, such as https://join.example.com. */
  url: string;
  token?: string | undefined;
  /** For `Accept-Language`; without it, the account's language. */
  language?: string | undefined;
  signal?: AbortSignal | undefined;
  onWait: (seconds: number, error: Ending) => void;
}

interface Sending<T> {
  schema: z.ZodMiniType<T>;
  body?: unknown;
  /** Idempotency-Key: the server gives the first answer again. */
  key?: string;
  /** Whether doing it twice is doing it once; so it is for GET, and with a key. */
  repeatable?: boolean;
}

/** Latchkey's API, for one user. */
export class Server {
  readonly url: string;
  readonly #connection: Connection;
  #answered = false;

  constructor(connection: Connection) {
    this.url = connection.url;
    this.#connection = connection;
  }

  /** The same server for work that a signal can stop. */
  stoppedBy(signal: AbortSignal): Server {
    return new Server({ ...this.#connection, signal });
  }

  get<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
    return this.send('GET', path, { schema, repeatable: true });
  }

  /** Sends a request, again where that is safe and may help, and reads its answer. */
  send<T>(method: string, path: string, sending: Sending<T>): Promise<T> {
    const { signal, onWait } = this.#connection;
    const { key, repeatable = key !== undefined } = sending;
    return retry(() => this.#try(method, path, sending), {
      repeatable,
      answered: () => this.#answered,
      signal,
      onWait,
    });
  }

  async #try<T>(method: string, path: string, { schema, body, key }: Sending<T>): Promise<T> {
    const { url, token, language } = this.#connection;
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(language !== undefined && { 'accept-language': language }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // A token goes to the address that it was made for and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      this.#answered = true;
      return await readAnswer(response, schema, url);
    } catch (error) {
      // fetch throws a TypeError, or a DOMException when time is up; reading a cut answer throws a TypeError too.
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      const { reason, loss } = networkFailureOf(error);
      throw new Unreachable(url, reason, loss);
    }
  }
}
