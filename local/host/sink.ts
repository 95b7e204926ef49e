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
  /** Resolves when there is room for more; at once when nobody listens any more. */
  write(chunk: Uint8Array): Promise<void>;
}

/** Hands over to `sink` what a function writes, and tells it when each part has been taken. */
export function receive(port: MessagePort, sink: Sink): void {
  port.on('message', ({ head, chunk }: { head?: Prelude; chunk: Uint8Array }) => {
    if (head) sink.begin(head);
    const taken = (): void => port.postMessage('taken');
    void sink.write(chunk).then(taken, taken);
  });
}
