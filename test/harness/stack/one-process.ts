import { Worker } from 'node:worker_threads';
import { inject } from 'vitest';
import { variable } from '#shared/deployment/config.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { readFunctions } from '#local/host/functions.ts';
import { routedToStandIn } from '#local/provider/route-to-stand-in.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { readTemplate } from '#local/template/template.ts';
import { insiderEnvironment } from './insider.ts';
import type { Variant } from './variants.ts';

export interface OneProcess extends Stack {
  /** The output of the process's functions since the last call. */
  takeOutput(): string;
  close(): Promise<number>;
}

/**
 * A second API of a stack, with all functions ready in one thread, for tests that make many requests: there is no thread for each
 * function, and no bundle to load. Tables, keys, mails and the clock are the stack's own. All functions call AWS as one caller, who
 * may do anything.
 */
export async function openInOneProcess(stack: Stack, variant: Variant): Promise<OneProcess> {
  const thread = new Worker(new URL('./one-process-server.ts', import.meta.url), {
    env: { ...insiderEnvironment(stack), AWS_LAMBDA_FUNCTION_NAME: 'all' },
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { clock: stack.clock.shared },
  });
  let output = '';
  for (const stream of [thread.stdout, thread.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const hears = () =>
    new Promise<unknown>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the functions ended with ${code}: ${output}`)));
    });
  const app = (await hears()) as string;
  thread.postMessage(environmentAt(stack, variant, app));
  await hears();
  return {
    ...stack,
    app,
    takeOutput() {
      const taken = output;
      output = '';
      return taken;
    },
    close: () => thread.terminate(),
  };
}

/** The environment variables of all functions together. */
function environmentAt(stack: Stack, variant: Variant, apiUrl: string): Record<string, string> {
  const assembly = inject('assemblies')[variant];
  const template = readTemplate(assembly, { apiUrl, relayUrl: stack.relay! });
  const environments = readFunctions(template).map(({ environment }) => environment);
  const settings = Object.assign(
    {},
    ...environments.map((one) => JSON.parse(one[variable.settings] ?? '{}') as Partial<Settings>),
  ) as Partial<Settings>;
  return {
    ...Object.assign({}, ...environments),
    ...stack.insider(),
    [variable.settings]: JSON.stringify(routedToStandIn(settings, stack.provider.url)),
  } as Record<string, string>;
}
