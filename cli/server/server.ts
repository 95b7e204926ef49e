import type * as z from 'zod/mini';
import { CommandError, exit, isAboutRequest, Refused, Unreachable } from '../failures.ts';
import { networkFailureOf } from './network-failure.ts';
import { readAnswer } from './read-response.ts';
import { retry } from './retry.ts';
import { version } from '../version.ts';

/** The name under which a session stands in the list of sessions. */
const userAgent = `latchkey-cli/${version()}`;

/** API Gateway itself gives up after 30 seconds. */
const timeoutMs = 35_000;

export interface Connection {
  /** Origin, such as https://join.example.com. */
  url: string;
  token?: string | undefined;
  /** What to say if the token is no longer valid: how to get another. */
  wayIn?: string | undefined;
  /** For `Accept-Language`. Without it, the server uses the account's language. */
  language?: string | undefined;
  signal?: AbortSignal | undefined;
  onWait: (seconds: number, error: CommandError) => void;
}

interface Asking<T> {
  schema: z.ZodMiniType<T>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent urlencoded, as OAuth has it. */
  form?: Readonly<Record<string, string>>;
  /** Idempotency-Key: for a repeated request, the server gives the first answer again. */
  key?: string;
  /** Whether doing it twice has the same effect as doing it once. GET is repeatable, and so is a request with a key. */
  repeatable?: boolean;
  /** What to say if the answer is lost for good: that it may have been done, and how to see it. */
  ifLost?: string;
}

/** Every write has a way out if no answer comes: repeat it by its key, or say how to look. */
type Sending<T> = Asking<T> & ({ key: string } | { ifLost: string });

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
    return this.#ask('GET', path, { schema, repeatable: true });
  }

  /** Sends a request, repeats it if that is safe and may help, and reads its answer. */
  send<T>(method: string, path: string, sending: Sending<T>): Promise<T> {
    return this.#ask(method, path, sending);
  }

  async #ask<T>(method: string, path: string, asking: Asking<T>): Promise<T> {
    const { signal, onWait } = this.#connection;
    const { key, repeatable = key !== undefined, ifLost } = asking;
    const attempt = () => this.#try(method, path, asking);
    try {
      return await retry(attempt, { repeatable, answered: () => this.#answered, signal, onWait });
    } catch (error) {
      // A caller with a key says itself how to send the request again.
      if (!(error instanceof CommandError) || key !== undefined) throw error;
      if (ifLost === undefined || isAboutRequest(error)) error.mayBeDone = false;
      else if (error.mayBeDone) error.lines = [...error.lines, ifLost];
      throw error;
    }
  }

  async #try<T>(method: string, path: string, { schema, body, form, key }: Asking<T>): Promise<T> {
    const { url, token, language, wayIn } = this.#connection;
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          'user-agent': userAgent,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(language !== undefined && { 'accept-language': language }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // fetch sets the content type itself.
        ...(form && { body: new URLSearchParams(form) }),
        // A redirect is not followed: a token goes only to the address that it was made for.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      this.#answered = true;
      return await readAnswer(response, schema, url);
    } catch (error) {
      if (error instanceof Refused && error.code === exit.signedOut && wayIn !== undefined)
        error.lines = [...error.lines, wayIn];
      // fetch throws a TypeError, or a DOMException when time is up; reading a cut answer throws a TypeError too.
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      const { reason, loss } = networkFailureOf(error);
      throw new Unreachable(url, reason, loss);
    }
  }
}
