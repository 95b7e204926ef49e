import { createInterface } from 'node:readline';
import { Mistakes } from '../mistakes.ts';

/** Asks the operator. @throws Mistakes if the operator cancels by Ctrl-C or Ctrl-D: callers ask before they change anything. */
export async function ask(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const terminal = createInterface({ input, output, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.once('close', () => {
        output.write('\n');
        reject(new Mistakes(['Nothing was done.']));
      });
      terminal.question(question, (line) => resolve(line.trim()));
    });
  } finally {
    terminal.removeAllListeners('close').close();
  }
}
