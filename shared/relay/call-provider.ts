import type { IncomingMessage } from 'node:http';
import { second } from '../clock.ts';
import { openRequest } from './open-request.ts';

/** A connection must be established within this time. */
const connectTimeoutMs = 5 * second;

interface Call {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Buffer;
  /** For so long the provider may be silent before its answer. */
  silenceMs: number;
  /** Until when all must be over, and the present: milliseconds on the clock. */
  deadline: number;
  now: number;
}

/** The provider gave no answer, or none that could be read to its end. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  /**
   * `unreached`: it knows nothing of the call. `silent`: it took too long. `broken`: the answer was not whole.
   * `overdue`: the time of our function was over, whether the provider or the caller was slow.
   */
  readonly how: 'unreached' | 'silent' | 'broken' | 'overdue';

  constructor(how: ProviderFailure['how'], cause?: unknown) {
    super(how, { cause });
    this.how = how;
  }
}

/**
 * Sends one call to a provider, once, over a connection of its own: a kept one may have died while Lambda was frozen, and
 * we could not tell then whether the provider knows of the call. Redirects are not followed: the key is for this host alone.
 * @returns the answer as soon as its head is there; `bodyOf` reads on.
 * @throws ProviderFailure
 */
export function callProvider(call: Call): Promise<IncomingMessage> {
  const { url, method, headers, body, silenceMs, deadline, now } = call;
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const request = openRequest(url, { method, headers: { ...headers, ...length }, agent: false });
  let isConnected = false;
  let answer: IncomingMessage | undefined;
  const end = (how: ProviderFailure['how']): void =>
    void (answer ?? request).destroy(new ProviderFailure(how));
  return new Promise((resolve, reject) => {
    const waiting = setTimeout(() => end('silent'), silenceMs);
    const timers = [
      waiting,
      setTimeout(() => isConnected || end('unreached'), connectTimeoutMs),
      setTimeout(() => end('overdue'), Math.max(0, deadline - now)),
    ];
    const failed = (error?: unknown): void =>
      reject(
        error instanceof ProviderFailure
          ? error
          : new ProviderFailure(isConnected ? 'broken' : 'unreached', error),
      );
    request.once('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (isConnected = true)),
    );
    request.once('response', (message) => {
      clearTimeout(waiting);
      resolve((answer = message));
    });
    request.on('error', failed);
    request.once('close', () => {
      timers.forEach(clearTimeout);
      // This also ends the wait where no answer and no error came, as by a switch of protocols.
      failed();
    });
    request.end(body);
  });
}

/** After so many bytes, the memory of those that were passed on is collected. */
const bytesPerCollection = 4 * 1024 * 1024;

/**
 * The body of an answer, part by part. The provider's silence is measured while it is waited for, not while the caller
 * takes their time. Node copies each part, and V8 keeps 64 MB of them before it collects: we collect them sooner where the
 * runtime lets us, as Lambda's does.
 * @throws ProviderFailure where the body breaks off.
 */
export async function* bodyOf(answer: IncomingMessage, silenceMs: number): AsyncGenerator<Buffer> {
  const parts = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let passed = 0;
  try {
    for (;;) {
      const timer = setTimeout(() => answer.destroy(new ProviderFailure('silent')), silenceMs);
      const { done, value } = await parts.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
      passed += value.length;
      if (passed < bytesPerCollection) continue;
      passed = 0;
      void globalThis.gc?.({ type: 'minor' });
    }
  } catch (error) {
    throw error instanceof ProviderFailure ? error : new ProviderFailure('broken', error);
  } finally {
    answer.destroy();
  }
}
