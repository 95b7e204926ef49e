import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Mistakes } from '../mistakes.ts';
import { root } from './deployment.ts';

/** The command line of the CDK whose version is pinned here. */
export const cdkCli = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

let isRunning = false;

/** Whether the CDK is at work, or has failed and that is not said yet: until then no signal ends us. */
export const isCdkRunning = (): boolean => isRunning;

/**
 * Runs the project's own CDK command line, whose version is pinned: a later one may not read what this aws-cdk-lib writes.
 * @throws Mistakes when it fails; why, it has said itself.
 */
export async function cdk(args: readonly string[], region: string): Promise<void> {
  isRunning = true;
  // Both get the terminal's signal; what is under way is CloudFormation's and goes on, and the child says so. Others come to us alone.
  const wait = () => undefined;
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass);
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
  process.off('SIGINT', wait).off('SIGTERM', pass).off('SIGHUP', pass);
  isRunning = false;
}
