import type { FunctionVersion } from './function-version.ts';
import { Thread } from './thread.ts';

/** The threads of this process, which all its stacks share. */
const threads = new Set<Thread>();

/** Those that run nothing just now, last used last. */
const idle: Thread[] = [];

/** A thread beyond so many idle ones ends with its event. */
const maxIdle = 12;

/** A thread to run a version: the last used that has it loaded, or else the last used, or a new one. */
export function takeThread(version: FunctionVersion): Thread {
  const warm = idle.findLastIndex((thread) => thread.has(version));
  const thread = idle.splice(warm, 1)[0] ?? new Thread();
  threads.add(thread);
  return thread;
}

/** Keeps a thread for later events. */
export function giveBack(thread: Thread): void {
  if (thread.dead) threads.delete(thread);
  else idle.push(thread);
  if (idle.length > maxIdle) end(idle.shift()!);
}

/** Ends the execution environments of a version, once they have answered. */
export function forget(version: FunctionVersion): void {
  for (const thread of threads) thread.forget(version);
}

/** Ends all threads that run nothing. */
export async function endIdleThreads(): Promise<void> {
  await Promise.all(idle.splice(0).map(end));
}

function end(thread: Thread): Promise<void> {
  threads.delete(thread);
  return thread.terminate();
}
