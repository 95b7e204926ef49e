import { Ending, exit } from '../failures.ts';
import { ask } from './ask.ts';

/** Goes on with a yes alone. */
export async function confirm(question: string): Promise<void> {
  const [answer = ''] = await ask({ text: `${question} [y/N] ` });
  if (!/^y(es)?$/i.test(answer.trim())) throw new Ending(exit.refused, 'Nothing was done.');
}
