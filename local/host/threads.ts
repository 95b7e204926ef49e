import type { FunctionVersion } from './function-version.ts';
import { Thread } from './thread.ts';

/** The threads of this process, which all its stacks share. */
const threads = new Set<Thread>();

/** The idle threads, the most recently used one last. */
const idle: Thread[] = [];

interface Limits {
  /** The most idle threads that are kept. If there are more, the least recently used one ends. */
  idle: number;
  /** The most execution environments that a thread gets. Each takes about five megabytes, most of which is freed only with the thread. */
  loads: number;
  /** Whether events may wait for a busy thread that has their function loaded, if there is no room for another. */
  waits: boolean;
}

/** For a stack beside other programs: less than 1 GB for the whole process, as the README says. */
export const modest: Limits = { idle: 5, loads: 11, waits: true };

/** For tests: simultaneous events run at once. */
let limits: Limits = { idle: 12, loads: 12, waits: false };

/** Limits the memory that functions take in this process. */
export function limitThreads(wanted: Limits): void {
  limits = wanted;
}

const isFull = (): boolean =>
  [...threads].reduce((sum, { loads }) => sum + loads, 0) >= limits.idle * limits.loads;

/**
 * A thread to run a version: the most recently used one that has it loaded, else the most recently used one with room for it,
 * else a new thread. If there is no room for a new thread, it replaces the least recently used idle one. Functions that events
 * start have their own threads. Otherwise they could occupy the thread that has a request's function loaded, and consecutive
 * requests would meet two execution environments, which does not happen in Lambda.
 * @param isPatient whether the event may wait for a busy thread that has the version loaded, if there is no room for another.
 * @returns undefined if the event must wait.
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

/** Ends the execution environments of a version. A busy one ends after its answer. */
export function forget(version: FunctionVersion): void {
  for (const thread of threads) thread.forget(version);
}

/** Ends all idle threads. */
export async function endIdleThreads(): Promise<void> {
  await Promise.all(idle.splice(0).map(end));
}

function end(thread: Thread): Promise<void> {
  threads.delete(thread);
  return thread.terminate();
}
