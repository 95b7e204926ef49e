import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCdkRunning } from './cdk.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `act` with a directory that no other process writes to, and removes the directory however `act` ends. */
export async function inOwnDirectory(act: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  // By default a signal ends the process without cleaning up. While the CDK runs, it reads the directory.
  const end = (signal: NodeJS.Signals): void => {
    if (!isCdkRunning()) process.exit(128 + constants.signals[signal]);
  };
  process.once('exit', remove);
  for (const signal of signals) process.on(signal, end);
  try {
    await act(directory);
  } finally {
    for (const signal of signals) process.off(signal, end);
    process.off('exit', remove);
    remove();
  }
}
