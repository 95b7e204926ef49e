import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { functionUrlHandler } from '#local/host/function-url.ts';
import { Thread } from '#local/host/thread.ts';
import { listen } from '#local/base/listen.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { readFunction } from '../harness/functions.ts';
import type { RecordedCalls } from './record-relay.ts';

/** Serves the relay's floor with the local stack's own parts, in the same process as the relay. */
export async function serveBareRelay(
  stack: Stack,
  assembly: string,
  calls: RecordedCalls,
  standIn: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { spec, environment } = readFunction(stack, assembly, 'relay');
  const file = join(assembly, 'bare-relay.cjs');
  const entry = fileURLToPath(new URL('./bare-relay.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
  });
  const thread = new Thread(false);
  const version = {
    key: 'bare-relay',
    spec: { ...spec, file, exportName: 'handler' },
    environment: { ...environment, BARE_CALLS: JSON.stringify(calls), STAND_IN: standIn },
    clock: stack.clock.shared,
    onLog: (text: string) => console.error(text),
  };
  const error = await thread.load(version);
  if (error) throw new Error(error.errorMessage);
  const serve = functionUrlHandler({
    target: spec.arn,
    invoke: (_, event, sink) => thread.invoke(version, event, sink),
    now: Date.now,
  });
  const { url, close } = await listen(createServer(serve), 0, 'app');
  return { url, stop: async () => void (await Promise.all([close(), thread.terminate()])) };
}
