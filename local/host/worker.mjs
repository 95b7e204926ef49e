// A thread that holds execution environments of functions. Plain JavaScript: every new thread loads it.
// Between two events the thread waits in Atomics.wait, so no function's code runs, just as Lambda freezes it.
import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { keepCode, requireBundle } from './require-bundle.mjs';
import { shiftClock } from './shift-clock.mjs';

const signal = new Int32Array(workerData.wake);

/** The shared clock of the running function (`local/base/clock.ts`): its offset, and the moment at which it is stopped. */
let time = new Float64Array(2);

/** Sends the function's output to the host before the thread is frozen. */
function sendOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      parentPort.postMessage({
        type: 'log',
        text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(),
      });
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/** Freezes until the host sends a message. */
function nextMessage() {
  for (;;) {
    const received = receiveMessageOnPort(parentPort);
    if (received !== undefined) return received.message;
    Atomics.wait(signal, 0, 0);
    Atomics.store(signal, 0, 0);
  }
}

/** `streams` marks handlers that stream. `prelude` is the key under which a stream carries the prelude of an HTTP answer. */
const streams = Symbol('streams');
const prelude = Symbol('prelude');

/** The global object that Lambda's runtime provides for functions that stream. */
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [streams]: true }),
  HttpResponseStream: { from: (stream, metadata) => Object.assign(stream, { [prelude]: metadata }) },
};

/**
 * The stream for a function's answer. Each part waits until the host has taken the previous one. One buffer goes back and
 * forth, because a large answer would otherwise leave as much garbage in both threads.
 */
function responseStream(port) {
  let memory = new ArrayBuffer(65_536);
  let taken;
  port.on('message', (returned) => {
    memory = returned;
    taken?.();
  });
  let hasBegun = false;
  return new Writable({
    // The prelude is sent with the first part, even with an empty one.
    decodeStrings: true,
    write(chunk, _encoding, callback) {
      const head = hasBegun ? undefined : (this[prelude] ?? { statusCode: 200 });
      hasBegun = true;
      taken = callback;
      if (memory.byteLength < chunk.length) memory = new ArrayBuffer(chunk.length);
      const copy = new Uint8Array(memory, 0, chunk.length);
      copy.set(chunk);
      port.postMessage({ head, chunk: copy }, [memory]);
    },
  });
}

async function run({ handler, version }, { event, requestId, timeoutMs, port }) {
  const deadline = performance.now() + timeoutMs;
  try {
    const given = JSON.parse(event);
    // One trace id connects API Gateway, the function and its AWS calls.
    const root =
      given?.headers?.['x-amzn-trace-id'] ??
      `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)}`;
    process.env['_X_AMZN_TRACE_ID'] = `${root};Parent=0000000000000000;Sampled=0`;
    const context = {
      awsRequestId: requestId,
      functionName: version.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: version.functionArn,
      memoryLimitInMB: String(version.memoryMb),
      logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
      logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.trunc(deadline - performance.now())),
    };
    const input = [given, ...(handler[streams] ? [responseStream(port)] : []), context];
    const result = await handler(...input);
    return { type: 'answer', payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return { type: 'answer', error: describe(error) };
  } finally {
    port?.close();
  }
}

/** Lambda's runtime starts Node with --expose-gc. A thread must get the collector afterwards. */
function exposeCollector() {
  setFlagsFromString('--expose-gc');
  globalThis.gc = runInNewContext('gc');
}

/** Execution environments, by the key of their version. */
const environments = new Map();

/** Gives the thread the environment variables and the clock of the function that runs now. */
function enter({ environment, clock }) {
  process.env = environment;
  time = new Float64Array(clock);
}

function load({ key, version }) {
  enter(version);
  try {
    const { file, exportName } = version;
    const { exports, ...bundle } = requireBundle(file);
    const handler = exports[exportName];
    if (typeof handler !== 'function') throw new TypeError(`${file} exports no function ${exportName}`);
    if (handler[streams]) exposeCollector();
    environments.set(key, { handler, version, ...bundle });
    return { type: 'loaded' };
  } catch (error) {
    return { type: 'loaded', error: describe(error) };
  }
}

// Not awaited at the top level: if a handler awaits something that never happens, the thread ends without a warning from Node.
async function serve() {
  shiftClock(() => time);
  sendOutput();
  for (;;) {
    const message = nextMessage();
    if (message.type === 'load') parentPort.postMessage(load(message));
    else if (message.type === 'forget') environments.delete(message.key);
    else {
      const environment = environments.get(message.key);
      enter(environment.version);
      parentPort.postMessage(await run(environment, message));
      if (!environment.isKept) keepCode(environment.version.file, environment.script);
      environment.isKept = true;
    }
  }
}

void serve();
