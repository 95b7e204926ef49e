import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Mistakes } from '../mistakes.ts';
import { root } from './deployment.ts';

/** The command line of the CDK whose version is pinned here. */
export const cdkCli = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

let isRunning = false;

/** Whether the CDK runs, or has failed and the failure is not reported yet. Meanwhile no signal ends this process. */
export const isCdkRunning = (): boolean => isRunning;

/**
 * Runs the project's own CDK command line, whose version is pinned: a later one may not read what this aws-cdk-lib writes.
 * @throws Mistakes if it fails; it has printed the reason itself.
 */
export async function cdk(args: readonly string[], region: string): Promise<void> {
  isRunning = true;
  // Ctrl-C signals both processes: CloudFormation goes on with its work, and the child says so. Other signals reach only this process.
  const wait = () => undefined;
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass);
  const child = spawn(process.execPath, [cdkCli, ...args], {
    cwd: root,
    stdio: 'inherit',
    // By default the CDK looks up the account in a region of its own choice, and reports each run to AWS.
    env: { ...process.env, AWS_REGION: region, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  // The launcher repeats the signal. If the child failed, the handlers stay: the repeat must not end us before we report the failure.
  if (code !== 0) throw new Mistakes([`cdk ${args[0]} ended with ${code}.`]);
  process.off('SIGINT', wait).off('SIGTERM', pass).off('SIGHUP', pass);
  isRunning = false;
}
