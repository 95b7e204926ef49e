import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { callEngine } from './client.ts';

export interface EngineProcess {
  /** A secret: its holder can read and write everything. */
  url: string;
  stop(): Promise<void>;
}

/** Starts an engine that keeps its data in a directory, or in memory if none is given. */
export type StartEngine = (dataDir: string | undefined) => Promise<EngineProcess>;

const guard = fileURLToPath(new URL('./guard.mjs', import.meta.url));

interface ProcessOptions {
  cwd?: string;
  /** The loopback address that it listens on. */
  host?: string;
  /** The access key id of our database in the engine. */
  accessKey?: string;
}

/** An engine that has not answered after this time has failed to start. */
const startTimeoutMs = 120_000;

/** A port that is free on every address: dynoxide refuses a port that is taken on any other address. */
const portFreeEverywhere = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '0.0.0.0', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });

async function untilReady(url: string, ended: () => string | undefined): Promise<void> {
  for (const start = performance.now(); ;) {
    const answered = await callEngine(url, 'DynamoDB_20120810.ListTables', {}).then(
      () => true,
      () => false,
    );
    const end = ended();
    if (end !== undefined) throw new Error(`the DynamoDB engine ended: ${end}`);
    if (answered) return;
    if (performance.now() - start > startTimeoutMs) throw new Error('the DynamoDB engine does not answer');
    await delay(5);
  }
}

/** The number of ports to try: another program may take a port before the engine does. */
const maxTries = 5;

/** Starts `command` with the arguments for a free port, in a separate process that ends with ours. */
export async function startProcess(...start: Parameters<typeof startOnce>): Promise<EngineProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(...start);
    } catch (error) {
      if (tries === maxTries || !/in use/i.test(String(error))) throw error;
    }
  }
}

async function startOnce(
  command: string,
  argsFor: (port: number) => string[],
  { cwd, host = '127.0.0.1', accessKey }: ProcessOptions = {},
): Promise<EngineProcess> {
  const port = await portFreeEverywhere();
  const url = `http://${accessKey === undefined ? '' : `${accessKey}@`}${host}:${port}`;
  // Detached, so that Ctrl-C reaches the engine only through us, after the functions have stopped.
  const child = spawn(process.execPath, [guard, command, ...argsFor(port)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    env: {
      PATH: process.env['PATH'],
      JAVA_HOME: process.env['JAVA_HOME'],
      SystemRoot: process.env['SystemRoot'],
    },
    ...(cwd !== undefined && { cwd }),
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2_000)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.ref();
    child.stdin.end();
    await exited;
  };
  try {
    await untilReady(url, () => (child.exitCode === null ? undefined : errors.trim() || 'without a word'));
  } catch (error) {
    await stop();
    throw error;
  }
  child.unref();
  return { url, stop };
}
