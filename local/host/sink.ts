import type { MessagePort } from 'node:worker_threads';

/** The beginning of a streamed HTTP answer. */
export interface Prelude {
  statusCode: number;
  headers?: Readonly<Record<string, string>>;
  cookies?: readonly string[];
}

/** Receives a streamed answer part by part. */
export interface Sink {
  begin(prelude: Prelude): void;
  /** Resolves when `chunk` is no longer needed or the reader has left. Until then no further part may be written. */
  write(chunk: Uint8Array): Promise<void>;
}

/** The sink of a function that streams but was invoked without one. */
export const nowhere: Sink = { begin: () => undefined, write: async () => undefined };

/** Passes a function's output to `sink`, and returns the memory of each part once the sink has taken it. */
export function receive(port: MessagePort, sink: Sink): void {
  port.on('message', ({ head, chunk }: { head?: Prelude; chunk: Uint8Array<ArrayBuffer> }) => {
    if (head) sink.begin(head);
    const giveBack = (): void => port.postMessage(chunk.buffer, [chunk.buffer]);
    void sink.write(chunk).then(giveBack, giveBack);
  });
}
