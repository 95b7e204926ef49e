import type { MessagePort } from 'node:worker_threads';

/** How a streamed answer by HTTP begins. */
export interface Prelude {
  statusCode: number;
  headers?: Readonly<Record<string, string>>;
  cookies?: readonly string[];
}

/** Takes a streamed answer as it comes. */
export interface Sink {
  begin(prelude: Prelude): void;
  /** Resolves when `chunk` is not needed any more, or the reader has left; until then there is no room for more. */
  write(chunk: Uint8Array): Promise<void>;
}

/** For a stream that is invoked without a caller who listens. */
export const nowhere: Sink = { begin: () => undefined, write: async () => undefined };

/** Hands over to `sink` what a function writes, and gives the memory of each part back when it has been taken. */
export function receive(port: MessagePort, sink: Sink): void {
  port.on('message', ({ head, chunk }: { head?: Prelude; chunk: Uint8Array<ArrayBuffer> }) => {
    if (head) sink.begin(head);
    const giveBack = (): void => port.postMessage(chunk.buffer, [chunk.buffer]);
    void sink.write(chunk).then(giveBack, giveBack);
  });
}
