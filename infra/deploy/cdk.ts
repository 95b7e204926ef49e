import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Mistakes } from '../mistakes.ts';
import { root } from './deployment.ts';

/** The command line of the CDK whose version is pinned here. */
export const cdkCli = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/**
 * Runs the project's own CDK command line, whose version is pinned: a later one may not read what this aws-cdk-lib writes.
 * @throws Mistakes when it fails; why, it has said itself.
 */
export async function cdk(args: readonly string[], region: string): Promise<void> {
  // Both get the terminal's signal; what is under way is CloudFormation's and goes on, and the child says so.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const child = spawn(process.execPath, [cdkCli, ...args], {
    cwd: root,
    stdio: 'inherit',
    // It finds the account by a region of its own, and reports each run to AWS unless told not to.
    env: { ...process.env, AWS_REGION: region, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  // The signal comes once more, from the launcher: where it has ended the child, what is said of that must not be lost to it.
  if (code !== 0) throw new Mistakes([`cdk ${args[0]} ended with ${code}.`]);
  process.off('SIGINT', wait);
}
