import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process refuses our signal, but it exists.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The process that holds the lock; undefined when there is none or it has ended. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Claims a data directory for this process, as two stacks in one would send every mail twice.
 * @returns what gives it free again.
 */
export function lockData(dataDir: string): () => void {
  // The folder holds keys, mails and links: other users of this machine must not read them.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'pid');
  const holder = holderOf(file);
  if (holder !== undefined) {
    throw new Error(
      `${dataDir} is in use by process ${holder}: stop it, or give --data DIR or --memory (its lock is ${file})`,
    );
  }
  rmSync(file, { force: true });
  // Fails if another process was faster.
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}
