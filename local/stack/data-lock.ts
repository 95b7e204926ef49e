import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The id of the process that has the lock, as far as is known: for people, and for stacks of before there was a lock. */
function holderOf(file: string): string {
  try {
    return ` by process ${Number(readFileSync(file, 'utf8'))}`;
  } catch {
    return '';
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5; // SQLITE_BUSY

/** Takes the lock on a directory, and writes down who has it. */
function take(dataDir: string, pid: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  try {
    // Without a second file; nothing is ever written.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    writeFileSync(pid, String(process.pid));
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Claims a data directory for this process, as two stacks in one would send every mail twice. The lock is the operating
 * system's, on a file that stays: it ends with its process however that ends, whoever has the process's id later.
 * @returns what gives it free again.
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
