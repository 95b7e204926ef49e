import type { ServerResponse } from 'node:http';
import type { RecordedCall } from './recorded-call.ts';

/** The calls whose answer is not complete, and those of them that hang. */
export class CallsUnderWay {
  readonly #calls = new Map<ServerResponse, RecordedCall>();
  readonly #hanging = new Map<ServerResponse, () => void>();

  add(response: ServerResponse, call: RecordedCall): void {
    this.#calls.set(response, call);
    response.once('close', () => {
      this.#calls.delete(response);
      this.#goOn(response);
      call.state = response.writableFinished ? 'answered' : 'broken';
    });
  }

  /** Resolves when the call is released or its connection has ended. */
  hang(response: ServerResponse): Promise<void> {
    const call = this.#calls.get(response);
    if (call === undefined) return Promise.resolve();
    call.state = 'hanging';
    return new Promise((resolve) => void this.#hanging.set(response, resolve));
  }

  /** Lets the hanging calls continue. */
  release(): void {
    for (const response of this.#hanging.keys()) this.#goOn(response);
  }

  /** Ends the connections of all calls under way. */
  breakOff(): void {
    for (const response of this.#calls.keys()) response.destroy();
  }

  #goOn(response: ServerResponse): void {
    const call = this.#calls.get(response);
    if (call !== undefined) call.state = 'open';
    this.#hanging.get(response)?.();
    this.#hanging.delete(response);
  }
}
