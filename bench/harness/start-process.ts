import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Lot } from './metered.ts';

type Environment = Readonly<Record<string, string>>;

/** Makes a process print the CPU time of its whole life. */
const tell = "process.on('exit', () => fs.writeSync(1, JSON.stringify(process.cpuUsage())))";

/** Starts Node with `script` and waits for its end. */
async function start(script: string, environment: Environment): Promise<Lot> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['-e', `${tell}\n${script}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [last, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  if (code !== 0) throw new Error(`a function did not start: ${script} ended with ${code}`);
  const { user, system } = JSON.parse(last) as NodeJS.CpuUsage;
  return { cpu: (user + system) / 1_000, elapsed: performance.now() - begun, answers: [last], last };
}

/** A process that does nothing: the least cost of starting any function. */
export const startEmpty = (environment: Environment): Promise<Lot> => start('0', environment);

/** The global object that Lambda's runtime provides for functions that stream. */
const runtime = 'globalThis.awslambda = { streamifyResponse: (handler) => handler };';

/** A process that loads a function's bundle, as Lambda does at its cold start. */
export const loadBundle = (file: string, environment: Environment): Promise<Lot> =>
  start(`${runtime}\nrequire(${JSON.stringify(file)})`, environment);
