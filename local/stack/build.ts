import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Deployment {
  /** Settings of the deployment, by name. Texts are read like `-c latchkey:NAME=VALUE` of the CDK. */
  settings: Readonly<Record<string, unknown>>;
  /** The directory for the templates. */
  outDir: string;
}

const app = fileURLToPath(new URL('../../infra/app.ts', import.meta.url));

/** The local stack's defaults. Its mails do not leave the machine, so its mail rate can be high. */
const localSettings = { mailFrom: 'invites@latchkey.example', mailsPerSecond: 50, protect: false };

const contextOf = (settings: Deployment['settings']) => ({
  'latchkey:local': 'true',
  ...Object.fromEntries(
    Object.entries({ ...localSettings, ...settings }).map(([name, value]) => [`latchkey:${name}`, value]),
  ),
});

/**
 * Bundles the functions once and synthesizes the templates of local stacks from them, in a separate process.
 * @param ending ends that process.
 */
export function synthesize(deployments: readonly Deployment[], ending?: AbortSignal): Promise<void> {
  const list = deployments.map(({ settings, outDir }) => ({ context: contextOf(settings), outdir: outDir }));
  const child = spawn(process.execPath, [app], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LATCHKEY_DEPLOYMENTS: JSON.stringify(list) },
    ...(ending && { signal: ending }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(output.trim() || `synthesis ended with ${code}`)),
    );
  });
}
