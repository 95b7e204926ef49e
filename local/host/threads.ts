import type { FunctionVersion } from './function-version.ts';
import { Thread } from './thread.ts';

/** The threads of this process, which all its stacks share. */
const threads = new Set<Thread>();

/** Those that run nothing just now, last used last. */
const idle: Thread[] = [];

interface Limits {
  /** Idle threads that are kept: one beyond ends with its event. */
  idle: number;
  /** Execution environments that a thread gets, each of which takes some five megabytes, of which few are free again before the thread ends. */
  loads: number;
  /** Whether it is waited for a thread that has a function loaded, where there is no room for another. */
  waits: boolean;
}

/** For a stack that somebody runs beside other things: below 1 GB for the whole process, as the README says. */
export const modest: Limits = { idle: 5, loads: 11, waits: true };

/** For tests, in which what comes at once runs at once. */
let limits: Limits = { idle: 12, loads: 12, waits: false };

/** Bounds the memory that functions take in this process. */
export function limitThreads(wanted: Limits): void {
  limits = wanted;
}

const isFull = (): boolean =>
  [...threads].reduce((sum, { loads }) => sum + loads, 0) >= limits.idle * limits.loads;

/**
 * A thread to run a version: the last used that has it loaded, or else the last used that has room for it, or a new one,
 * in the place of the one that was not used for longest where there is no room. What events start has threads of its own: it
 * must not keep busy the one that has a request's function loaded, by which requests one after the other would meet two
 * execution environments, as they do not in Lambda.
 * @param isPatient whether it may be waited for one that has it loaded and is busy, where there is no room for another.
 * @returns undefined where it is.
 */
export function takeThread(version: FunctionVersion, isPatient: boolean): Thread | undefined {
  const warm = idle.findLastIndex((thread) => thread.has(version));
  const mayWait = isPatient && limits.waits && isFull();
  if (warm < 0 && mayWait && [...threads].some((thread) => thread.willHave(version))) return undefined;
  const { isStartedByEvents } = version.spec;
  const hasRoom = ({ isForEvents, loads }: Thread): boolean =>
    isForEvents === isStartedByEvents && loads < limits.loads;
  const found = warm >= 0 ? warm : idle.findLastIndex(hasRoom);
  if (found >= 0) return idle.splice(found, 1)[0];
  const unused = isFull() ? idle.shift() : undefined;
  if (unused) void end(unused);
  const thread = new Thread(isStartedByEvents);
  threads.add(thread);
  return thread;
}

/** Keeps a thread for later events. */
export function giveBack(thread: Thread): void {
  if (thread.dead) threads.delete(thread);
  else idle.push(thread);
  if (idle.length > limits.idle) void end(idle.shift()!);
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
