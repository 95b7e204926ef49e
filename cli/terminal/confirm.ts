import { CommandError, exit } from '../failures.ts';
import { ask } from './ask.ts';

/** Asks a question, and goes on only after a yes. */
export async function confirm(question: string): Promise<void> {
  const [answer = ''] = await ask({ text: `${question} [y/N] ` });
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError(exit.refused, 'Nothing was done.');
}
