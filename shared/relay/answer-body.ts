import type { IncomingMessage } from 'node:http';
import { bodyOf } from './call-provider.ts';
import { maskKey } from './mask-key.ts';
import { wholeEvents } from './whole-events.ts';

interface Relayed {
  answer: IncomingMessage;
  key: string;
  /** Milliseconds for which the provider may be silent. */
  silence: number;
  /** Called once when the body is over, with what broke it off. */
  onEnd(failure: unknown): Promise<void>;
  /** What a client of the service is told within a stream of events that broke off. */
  eventOf(failure: unknown): object;
}

const isEvents = ({ headers }: IncomingMessage): boolean =>
  (headers['content-type'] ?? '').startsWith('text/event-stream');

/**
 * The provider's body byte for byte. Where it breaks off, a stream of events ends with an `error` event, which the
 * services' clients throw; any other body is broken off too, so that nobody takes a part of it for the whole.
 */
export async function* answerBody({
  answer,
  key,
  silence,
  onEnd,
  eventOf,
}: Relayed): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  try {
    const body = maskKey(bodyOf(answer, silence), key);
    yield* isEvents(answer) ? wholeEvents(body) : body;
  } catch (error) {
    failure = error;
  } finally {
    // Also where the caller's side ended it, which no failure tells of.
    await onEnd(failure);
  }
  if (failure === undefined) return;
  if (!isEvents(answer)) throw failure;
  yield Buffer.from(`\n\nevent: error\ndata: ${JSON.stringify(eventOf(failure))}\n\n`);
}
