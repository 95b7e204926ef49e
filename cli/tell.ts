import { CommanderError } from 'commander';
import { CommandError, exit, Refused } from './failures.ts';
import { isSystemError, reasonOf } from './files/system-error.ts';
import type { Output } from './terminal/output.ts';

/** The names of exit codes in JSON, for errors to which the server gave no name. */
const names: Readonly<Record<number, string>> = {
  [exit.refused]: 'refused',
  [exit.usage]: 'usage',
  [exit.signedOut]: 'signed_out',
  [exit.unreachable]: 'unreachable',
  [exit.interrupted]: 'interrupted',
  [exit.hungUp]: 'interrupted',
  [exit.terminated]: 'interrupted',
};

function commandErrorOf(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (isSystemError(error))
    return new CommandError(exit.usage, error.path ? `${error.path}: ${reasonOf(error)}.` : error.message);
  const trace = error instanceof Error ? (error.stack ?? error.message) : '';
  return new CommandError(exit.refused, 'This is a mistake in the command itself:', [trace]);
}

/** An error as scripts read it. */
const errorOf = (failure: CommandError) => ({
  code: (failure instanceof Refused && failure.problem) || (names[failure.code] ?? 'refused'),
  message: failure.message,
  details: failure.lines,
  exit: failure.code,
  ...(failure instanceof Refused && { status: failure.status, requestId: failure.requestId }),
  /** Whether the server may have carried out the request nevertheless. */
  mayBeDone: failure.mayBeDone,
});

/** Tells that data could not be written, and what was done nevertheless. */
export const sayUnwritten = (out: Output, reason: string, done: readonly string[] = []): void =>
  out.say(`Standard output cannot be written: ${reason}.`, ...done);

interface Telling {
  out: Output;
  /** Help or the version, which commander handed over before it ended. It is not written yet. */
  help: string;
  asJson: boolean;
}

/**
 * Tells people what went wrong, and with `--json` scripts too, as the one JSON value on standard output. No message contains a
 * password or a token.
 * @returns the exit code.
 */
export async function tell(error: unknown, { out, help, asJson }: Telling): Promise<number> {
  if (error instanceof CommanderError) {
    // Help or the version was asked for, or a command is missing and help is shown instead.
    const reason = help === '' ? undefined : await out.write(help);
    if (reason !== undefined) sayUnwritten(out, reason);
    return error.exitCode === 0 && reason === undefined ? exit.done : exit.usage;
  }
  const failure = commandErrorOf(error);
  out.say(failure.message, ...failure.lines);
  if (!asJson) return failure.code;
  const reason = await out.print({ json: { error: errorOf(failure) }, rows: [] }, true);
  if (reason !== undefined) sayUnwritten(out, reason);
  return failure.code;
}
