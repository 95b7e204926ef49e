import type { IncomingMessage } from 'node:http';
import { bodyOf } from './call-provider.ts';
import { maskKey } from './mask-key.ts';
import { wholeEvents } from './whole-events.ts';

interface Relayed {
  answer: IncomingMessage;
  key: string;
  /** How long the provider may be silent. */
  silenceMs: number;
  /** Called once when the body is over, with the error that broke it off, if any, and whether a byte of it had come. */
  onEnd(ending: { failure: unknown; hasBody: boolean }): Promise<void>;
  /** Called before a body that is no stream of events is broken off. The function then fails. */
  onBroken(): void;
  /** The event that tells a client of the service that its stream of events broke off, before or after the first byte. */
  eventOf(failure: unknown, hasBody: boolean): object;
}

const isEvents = ({ headers }: IncomingMessage): boolean =>
  /^\s*text\/event-stream\b/i.test(headers['content-type'] ?? '');

/** Whether the status allows a body (RFC 9110, 15.3.5 and 15.3.6). */
const mayHaveBody = ({ statusCode: status = 0 }: IncomingMessage): boolean => ![204, 205].includes(status);

/**
 * The provider's body byte for byte. If it breaks off, a stream of events ends with an `error` event, which the
 * services' clients throw. Any other body is broken off too, so that no client takes a part of it for the whole.
 */
export async function* answerBody({
  answer,
  key,
  silenceMs,
  onEnd,
  onBroken,
  eventOf,
}: Relayed): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  let hasBody = false;
  const noticed = async function* (parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      hasBody = true;
      yield part;
    }
  };
  try {
    const body = maskKey(noticed(bodyOf(answer, silenceMs)), key);
    yield* isEvents(answer) ? wholeEvents(body) : body;
  } catch (error) {
    failure = error;
  } finally {
    // This also runs when the caller's side has ended the body, which throws nothing.
    await onEnd({ failure, hasBody });
  }
  if (failure === undefined) {
    // It is not certain that Lambda ends a streamed answer without a byte on every path.
    if (!hasBody && mayHaveBody(answer)) yield Buffer.from('\n');
    return;
  }
  if (!isEvents(answer)) {
    onBroken();
    throw failure;
  }
  yield Buffer.from(`\n\nevent: error\ndata: ${JSON.stringify(eventOf(failure, hasBody))}\n\n`);
}
