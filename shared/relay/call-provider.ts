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
  /** How long the provider may be silent before its answer. */
  silenceMs: number;
  /** The time by which the call must be over, and the present time: milliseconds on the clock. */
  deadline: number;
  now: number;
}

/** The provider gave no answer, or none that could be read to its end. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  /**
   * `unreached`: the provider knows nothing of the call. `silent`: it took too long. `broken`: its answer was not whole.
   * `overdue`: the time of our function was over, whether the provider or the caller was slow.
   */
  readonly how: 'unreached' | 'silent' | 'broken' | 'overdue';

  constructor(how: ProviderFailure['how'], cause?: unknown) {
    super(how, { cause });
    this.how = how;
  }
}

/**
 * Sends one call to a provider, once, over a new connection. A kept connection may have died while Lambda was frozen, and
 * then we could not tell whether the provider knows of the call. Redirects are not followed: the key is for this host alone.
 * @returns the answer as soon as its head is there; `bodyOf` reads its body.
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
      // This also ends the wait if neither an answer nor an error came, as after a switch of protocols.
      failed();
    });
    request.end(body);
  });
}

/** Each time this many bytes were passed on, their memory is collected. */
const bytesPerCollection = 4 * 1024 * 1024;

/**
 * The body of an answer, part by part. The provider's silence is measured only while we wait for the provider, not while
 * the caller reads slowly. Node copies each part, and V8 keeps 64 MB of these copies before it collects them: we collect
 * them sooner if the runtime lets us, as Lambda's does.
 * @throws ProviderFailure if the body breaks off.
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
