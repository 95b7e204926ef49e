import { CommanderError } from 'commander';
import { Mistakes } from '../mistakes.ts';
import { inWords } from './account.ts';
import type { Machine } from './machine.ts';
import { WrongUse } from './wrong-use.ts';

/** Something is broken and has already been reported. */
export class Broken extends Error {}

/**
 * Reports why a command has ended. An unforeseen error is thrown again with its stack.
 * @returns the exit code: 0 done, 1 refused, failed or (`doctor`) broken, 2 wrong use.
 */
export function endBy(error: unknown, command: string | undefined, { say }: Machine): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    say(`${error.message.replace(/^error: /, '')}\nnpm run ${command} -- --help tells what there is.`);
    return 2;
  }
  if (error instanceof Broken) return 1;
  if (error instanceof WrongUse) {
    say(error.message);
    return 2;
  }
  const sentences = error instanceof Mistakes ? error.sentences : inWords(error);
  if (sentences === undefined) throw error;
  for (const sentence of sentences) say(sentence);
  return 1;
}
