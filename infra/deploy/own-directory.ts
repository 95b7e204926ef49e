import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCdkRunning } from './cdk.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something in a directory that nobody else writes to, and that goes however it ends. */
export async function inOwnDirectory(act: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  // By itself a signal ends a process with nothing tidied up. While the CDK runs, it reads the directory.
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
