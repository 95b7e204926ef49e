import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { FunctionSpec } from './functions.ts';
import { nowhere, receive, type Sink } from './sink.ts';

/** How Lambda describes a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: readonly string[];
}

/** What an invocation gave: a payload as JSON text, or an error. */
export type Outcome = { payload: string } | { error: FunctionError };

type Message =
  | { type: 'ready' }
  | { type: 'compiled'; code: SharedArrayBuffer }
  | { type: 'log'; text: string }
  | { type: 'failed'; error: FunctionError }
  | { type: 'answer'; payload: string; error?: undefined }
  | { type: 'answer'; error: FunctionError };

export interface InstanceOptions {
  spec: FunctionSpec;
  environment: Readonly<Record<string, string>>;
  /** The shared offset of the clock. */
  clock: SharedArrayBuffer;
  onLog(text: string): void;
}

/** What V8 made of each bundle, by the name of its asset, which is a hash of it, for further instances. */
const compiled = new Map<string, SharedArrayBuffer>();
const assetOf = (file: string): string => basename(dirname(file));

/** V8's young generation: small, as hundreds of instances of one process each have one. */
const youngGenerationMb = 4;

const bootstrap = new URL('./worker.mjs', import.meta.url);

/**
 * One execution environment of a function: a thread with its own modules and environment variables that takes one
 * event at a time and is frozen in between. Once it has failed it is dead and takes no more.
 */
export class Instance {
  /** Resolved when the bundle is loaded, with the error if it cannot be. */
  readonly ready: Promise<FunctionError | undefined>;
  dead = false;
  readonly #spec: FunctionSpec;
  readonly #worker: Worker;
  readonly #wake = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  #finish: ((outcome: Outcome) => void) | undefined;

  constructor({ spec, environment, clock, onLog }: InstanceOptions) {
    this.#spec = spec;
    const { file, exportName, name, arn, memoryMb } = spec;
    this.#worker = new Worker(bootstrap, {
      env: { ...environment },
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
      stdout: true,
      stderr: true,
      name,
      workerData: {
        file,
        exportName,
        code: compiled.get(assetOf(file)),
        functionName: name,
        functionArn: arn,
        memoryMb,
        clock,
        wake: this.#wake,
      },
    });
    // What goes around the replaced `write`, such as Node's own warnings.
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => onLog(chunk.toString()));
    }
    this.ready = new Promise((resolve) => {
      this.#worker.on('message', (message: Message) => {
        if (message.type === 'log') onLog(message.text);
        else if (message.type === 'ready') resolve(undefined);
        else if (message.type === 'compiled') compiled.set(assetOf(file), message.code);
        else if (message.type === 'failed') resolve(message.error);
        else this.#finish?.(message.error ? { error: message.error } : { payload: message.payload });
      });
      this.#worker.on('error', (error) => {
        const failure = {
          errorType: error.name,
          errorMessage: error.message,
          trace: (error.stack ?? '').split('\n'),
        };
        this.#die(failure);
        resolve(failure);
      });
      this.#worker.on('exit', (code) => {
        const failure = {
          errorType: 'Runtime.ExitError',
          errorMessage: `Runtime exited with exit status ${code}`,
        };
        this.#die(failure);
        resolve(failure);
      });
    });
  }

  /**
   * Runs the handler on an event, given as JSON text. The function's time limit counts from now.
   * @param sink takes the answer of a function that streams, whose payload says nothing then.
   */
  invoke(event: string, sink: Sink | undefined = this.#spec.streams ? nowhere : undefined): Promise<Outcome> {
    const { timeoutMs } = this.#spec;
    const requestId = randomUUID();
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
        this.#die({ errorType: 'Sandbox.Timedout', errorMessage });
        void this.terminate();
      }, timeoutMs);
      this.#finish = (outcome) => {
        clearTimeout(limit);
        this.#finish = undefined;
        resolve(outcome);
      };
      if (sink === undefined) this.#worker.postMessage({ event, requestId, timeoutMs });
      else {
        const { port1, port2: port } = new MessageChannel();
        receive(port1, sink);
        this.#worker.postMessage({ event, requestId, timeoutMs, port }, [port]);
      }
      const signal = new Int32Array(this.#wake);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
  }

  async terminate(): Promise<void> {
    this.dead = true;
    await this.#worker.terminate();
  }

  #die(error: FunctionError): void {
    this.dead = true;
    this.#finish?.({ error });
  }
}
