import { createInterface } from 'node:readline';
import { Mistakes } from '../mistakes.ts';

/** Asks a person. @throws Mistakes where they end it instead, by Ctrl-C or Ctrl-D: what is asked about is not done before. */
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
