import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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
  close(): void;
}

/**
 * A second API of a stack, with all functions ready in one process, for tests that make many requests: there is no thread for each
 * function, and no bundle to load. Tables, keys and mails are the stack's own. All functions call AWS as one caller, who may do anything.
 */
export async function openInOneProcess(stack: Stack, variant: Variant): Promise<OneProcess> {
  const child = fork(fileURLToPath(new URL('./one-process-server.ts', import.meta.url)), {
    env: { ...insiderEnvironment(stack), NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const hears = () =>
    new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the functions ended with ${code}: ${output}`)));
    });
  const app = (await hears()) as string;
  child.send(environmentAt(stack, variant, app));
  await hears();
  return {
    ...stack,
    app,
    takeOutput() {
      const taken = output;
      output = '';
      return taken;
    },
    close: () => void child.kill(),
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
