import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The id of the process that has the lock, if known: for the error message, and for stacks of versions without the lock. */
function holderOf(file: string): string {
  try {
    return ` by process ${Number(readFileSync(file, 'utf8'))}`;
  } catch {
    return '';
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5; // SQLITE_BUSY

/** Takes the lock on a directory and records the holder's process id. */
function take(dataDir: string, pid: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  try {
    // Needs no journal file, because nothing is ever written.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    writeFileSync(pid, String(process.pid));
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Claims a data directory for this process, because two stacks in one directory would send every mail twice. The operating
 * system holds the lock, on a file that stays. The lock ends with the process, however the process ends, and even if another
 * process gets its id later.
 * @returns a function that releases the lock.
 */
export function lockData(dataDir: string): () => void {
  const pid = join(dataDir, 'pid');
  try {
    const lock = take(dataDir, pid);
    return () => {
      rmSync(pid, { force: true });
      lock.close();
    };
  } catch (cause) {
    const why = isLocked(cause)
      ? `is in use${holderOf(pid)}: stop it, or`
      : `cannot be locked (${cause instanceof Error ? cause.message : String(cause)}):`;
    throw new Error(`${dataDir} ${why} give another --data DIR, or --memory.`, { cause });
  }
}
