import { CommanderError } from 'commander';
import { Ending, exit, Refused } from './failures.ts';
import { isSystemError, reasonOf } from './files/system-error.ts';
import type { Output } from './terminal/output.ts';

/** What the exit codes are called in JSON, where the server gave no name of its own. */
const names: Readonly<Record<number, string>> = {
  [exit.refused]: 'refused',
  [exit.usage]: 'usage',
  [exit.signedOut]: 'signed_out',
  [exit.unreachable]: 'unreachable',
  [exit.interrupted]: 'interrupted',
  [exit.hungUp]: 'interrupted',
  [exit.terminated]: 'interrupted',
};

function endingOf(error: unknown): Ending {
  if (error instanceof Ending) return error;
  if (isSystemError(error))
    return new Ending(exit.usage, error.path ? `${error.path}: ${reasonOf(error)}.` : error.message);
  const trace = error instanceof Error ? (error.stack ?? error.message) : '';
  return new Ending(exit.refused, 'This is a mistake in the command itself:', [trace]);
}

/** An end as scripts read it. */
const errorOf = (ending: Ending) => ({
  code: (ending instanceof Refused && ending.problem) || (names[ending.code] ?? 'refused'),
  message: ending.message,
  details: ending.lines,
  exit: ending.code,
  ...(ending instanceof Refused && { status: ending.status, requestId: ending.requestId }),
  /** Whether what was asked for may have been done nevertheless. */
  mayBeDone: ending.mayBeDone,
});

/** Tells that data could not be written, and what was done nevertheless. */
export const sayUnwritten = (out: Output, reason: string, done: readonly string[] = []): void =>
  out.say(`Standard output cannot be written: ${reason}.`, ...done);

interface Telling {
  out: Output;
  /** What commander had to show before it ended: help or the version. */
  help: string;
  asJson: boolean;
}

/**
 * Tells what went wrong: to people, and with `--json` to scripts too, as the one JSON value on standard output. Nothing that
 * is secret can be in it: passwords and tokens are in no message.
 * @returns the exit code.
 */
export async function tell(error: unknown, { out, help, asJson }: Telling): Promise<number> {
  if (error instanceof CommanderError) {
    // Asked for, or help instead of a command that is missing.
    const reason = help === '' ? undefined : await out.write(help);
    if (reason !== undefined) sayUnwritten(out, reason);
    return error.exitCode === 0 && reason === undefined ? exit.done : exit.usage;
  }
  const ending = endingOf(error);
  out.say(ending.message, ...ending.lines);
  if (!asJson) return ending.code;
  const reason = await out.print({ json: { error: errorOf(ending) }, rows: [] }, true);
  if (reason !== undefined) sayUnwritten(out, reason);
  return ending.code;
}
