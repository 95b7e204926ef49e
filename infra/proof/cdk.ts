import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { cdkCli } from '../deploy/cdk.ts';

/** Runs the CDK's command line, of the version that is pinned here. @throws Error with its output if it fails. */
export async function cdk(args: readonly string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [cdkCli, ...args, '--no-notices', '--no-version-reporting'], {
    env: { ...process.env, ...environment, CDK_DISABLE_VERSION_CHECK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (code !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${String(code)}:\n${out}${error}`);
  return out + error;
}
