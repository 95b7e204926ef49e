import { randomUUID } from 'node:crypto';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { FunctionVersion } from './function-version.ts';
import { outcomeOf, type FunctionError, type Outcome } from './outcome.ts';
import { nowhere, receive, type Sink } from './sink.ts';

type Message =
  | { type: 'loaded'; error?: FunctionError }
  | { type: 'log'; text: string }
  | { type: 'answer'; payload: string; error?: undefined }
  | { type: 'answer'; error: FunctionError };

const bootstrap = new URL('./worker.mjs', import.meta.url);

/**
 * A thread that holds execution environments of functions, each with its own modules and environment variables. It takes one
 * event at a time and is frozen in between. Once a function has crashed or timed out, the thread is dead and takes no more.
 */
export class Thread {
  dead = false;
  /** Whether it runs functions that events start, rather than functions that requests start. */
  readonly isForEvents: boolean;
  readonly #worker: Worker;
  readonly #wake = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #loaded = new Set<string>();
  #loading: string | undefined;
  /** Receives the output of the function that ran last. */
  #onLog: (text: string) => void = () => undefined;
  #onLoad: ((error: FunctionError | undefined) => void) | undefined;
  #finish: ((outcome: Outcome) => void) | undefined;

  constructor(isForEvents: boolean) {
    this.isForEvents = isForEvents;
    this.#worker = new Worker(bootstrap, {
      env: {},
      stdout: true,
      stderr: true,
      // By default V8 reserves 48 MB in each thread for new objects, and most of that stays unused.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
      workerData: { wake: this.#wake },
    });
    // Output that bypasses the replaced `write`, such as Node's own warnings.
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => this.#onLog(chunk.toString()));
    }
    this.#worker.on('message', (message: Message) => this.#take(message));
    this.#worker.on('error', ({ name: errorType, message: errorMessage, stack = '' }) =>
      this.#die({ errorType, errorMessage, trace: stack.split('\n') }),
    );
    this.#worker.on('exit', (code) =>
      this.#die({
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with exit status ${code}`,
      }),
    );
  }

  /** The number of versions that have had an execution environment here. */
  loads = 0;

  /** Whether the version has an execution environment here. */
  has({ key }: FunctionVersion): boolean {
    return this.#loaded.has(key);
  }

  /** Whether the version has an execution environment here or is being loaded. */
  willHave({ key }: FunctionVersion): boolean {
    return this.#loaded.has(key) || this.#loading === key;
  }

  /** Makes an execution environment of a version, a cold start. @returns the error if its bundle cannot be loaded. */
  async load({ key, spec, environment, clock, onLog }: FunctionVersion): Promise<FunctionError | undefined> {
    this.#onLog = onLog;
    this.#loading = key;
    this.loads += 1;
    const { file, exportName, name: functionName, arn: functionArn, memoryMb } = spec;
    const error = await new Promise<FunctionError | undefined>((resolve) => {
      this.#onLoad = resolve;
      const version = { file, exportName, environment, clock };
      this.#send({ type: 'load', key, version: { ...version, functionName, functionArn, memoryMb } });
    });
    this.#loading = undefined;
    if (!error) this.#loaded.add(key);
    return error;
  }

  /**
   * Runs the handler of a loaded version on an event, given as JSON text. The function's time limit starts now.
   * @param sink receives the answer of a function that streams. The payload then has no meaning.
   */
  invoke(
    { key, spec, onLog }: FunctionVersion,
    event: string,
    sink: Sink | undefined = spec.streams ? nowhere : undefined,
  ): Promise<Outcome> {
    const { timeoutMs } = spec;
    const requestId = randomUUID();
    this.#onLog = onLog;
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
      const message = { type: 'event', key, event, requestId, timeoutMs };
      if (sink === undefined) return this.#send(message);
      const { port1, port2: port } = new MessageChannel();
      receive(port1, sink);
      this.#send({ ...message, port }, [port]);
    });
  }

  /** Ends the execution environment of a version. As in Lambda, the function is not notified. */
  forget({ key }: FunctionVersion): void {
    if (this.#loaded.delete(key)) this.#send({ type: 'forget', key });
  }

  async terminate(): Promise<void> {
    this.dead = true;
    await this.#worker.terminate();
  }

  #send(...message: Parameters<Worker['postMessage']>): void {
    this.#worker.postMessage(...message);
    const signal = new Int32Array(this.#wake);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }

  #take(message: Message): void {
    if (message.type === 'log') this.#onLog(message.text);
    else if (message.type === 'loaded') this.#onLoad?.(message.error);
    else this.#finish?.(message.error ? { error: message.error } : outcomeOf(message.payload));
  }

  #die(error: FunctionError): void {
    this.dead = true;
    this.#onLoad?.(error);
    this.#finish?.({ error });
  }
}
