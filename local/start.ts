import { makeAssemblyDirectory } from './stack/assembly-directory.ts';
import { synthesize } from './stack/build.ts';
import { openExample } from './stack/example.ts';
import type { LogLine } from './host/host.ts';
import { limitThreads, modest } from './host/threads.ts';
import { readOptions, type StartOptions } from './stack/options.ts';
import { standInNotice, standInServices } from './provider/route-to-stand-in.ts';
import { startStack } from './stack/stack.ts';
import { type Stack } from './stack/running-stack.ts';

/** After this time, a stop that has not completed ends the process. */
const stopTimeoutMs = 10_000;

/** Exits with a line for the person at the terminal. */
function quit(code: number, error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(code);
}

/** Shows a function's errors. The rest of the log is available at the control port. */
function showErrors({ function: id, text }: LogLine): void {
  if (text.includes('"level":"ERROR"')) process.stderr.write(`${id}: ${text}`);
}

/** The link whose first visitor becomes the first admin; null once there is an admin. */
async function adminInvite(stack: Stack): Promise<string | null> {
  const answer = await stack.invoke('admin-bootstrap');
  return typeof answer === 'object' && answer !== null && 'url' in answer ? String(answer.url) : null;
}

function announce(
  { app, inbox, relay, control, engine }: Stack,
  { example, invite }: { example: string; invite: string | null },
  { json, dataDir, settings }: StartOptions,
): void {
  if (json) {
    console.log(JSON.stringify({ app, inbox, relay, example, control, adminInvite: invite }));
    return;
  }
  console.log(`
  Latchkey     ${app}
  Its mails    ${inbox}
${relay === null ? '' : `  Its relay    ${relay}\n`}  Example app  ${example}
${invite === null ? '' : `  First admin  ${invite}\n`}
  Data         ${dataDir === undefined ? 'in memory, gone when this stops' : dataDir} (${engine})
  Control      ${control}
${standInNotice(standInServices(settings))}
  Ctrl-C stops everything.
`);
}

async function start(options: StartOptions, ending: AbortSignal): Promise<() => Promise<void>> {
  const { settings, port, dataDir, store } = options;
  limitThreads(modest);
  const assembly = makeAssemblyDirectory();
  const example = await openExample(port === 0 ? 0 : port + 3);
  try {
    const deployment = { settings: { ...example.settings, ...settings }, outDir: assembly.path };
    await synthesize([deployment], ending);
    const stack = await startStack({
      assembly: assembly.path,
      port,
      dataDir,
      store,
      standIn: standInServices(settings),
      onLog: showErrors,
    });
    example.serve(stack.app);
    announce(stack, { example: example.url, invite: await adminInvite(stack) }, options);
    return async () => {
      await example.drain();
      await stack.stop();
      assembly.remove();
    };
  } catch (error) {
    await example.close();
    assembly.remove();
    throw error;
  }
}

let options: StartOptions;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  quit(2, error);
}

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A terminal's Ctrl-C arrives twice: from the terminal and from the launcher.
    if (ending.signal.aborted) return;
    ending.abort();
    setTimeout(() => quit(1, 'Stopping took too long.'), stopTimeoutMs).unref();
    starting
      // If a start fails after the signal, the signal is the cause: no error is reported.
      .then(
        (stop) => stop(),
        () => undefined,
      )
      .then(
        () => process.exit(0),
        (error: unknown) => quit(1, error),
      );
  });
}
const starting = start(options, ending.signal);
starting.catch((error: unknown) => {
  if (!ending.signal.aborted) quit(1, error);
});
