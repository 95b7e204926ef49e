import { openSync, writeSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, exit, wrongUsage } from '../failures.ts';
import { obeyJobControl } from './job-control.ts';
import { wipe } from './progress.ts';

export interface Question {
  text: string;
  /** Whether the answer is not shown while it is typed. */
  secret?: boolean;
}

/** Writes to the terminal of the person who types, even if standard error goes into a file. */
function openScreen(): (text: string | Uint8Array) => unknown {
  if (process.stderr.isTTY) return (text) => process.stderr.write(text);
  try {
    const terminal = openSync('/dev/tty', 'w');
    return (text) => (typeof text === 'string' ? writeSync(terminal, text) : writeSync(terminal, text));
  } catch {
    return (text) => process.stderr.write(text);
  }
}

const nextLine = (lines: Interface, show: (text: string) => unknown): Promise<string> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      show('\n');
      reject(new CommandError(exit.interrupted, 'Stopped.'));
    };
    lines.once('SIGINT', stop);
    lines.once('close', stop);
    lines.once('line', (line) => {
      lines.off('SIGINT', stop).off('close', stop);
      resolve(line);
    });
  });

/** Asks on the terminal. From before the first question to after the last, the terminal leaves the echo to this command. */
async function askOnTerminal(questions: readonly Question[]): Promise<string[]> {
  const { stdin: input } = process;
  const show = openScreen();
  let muted = false;
  const output = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (!muted) show(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output, terminal: true, historySize: 0 });
  // The typed part of a secret is kept, but not shown.
  const redraw = () => (muted ? show(wipe + lines.getPrompt()) : lines.prompt(true));
  const endJobControl = obeyJobControl(lines, input, redraw);
  const answers: string[] = [];
  try {
    for (const { text, secret = false } of questions) {
      const line = nextLine(lines, show);
      lines.setPrompt(text);
      lines.prompt();
      muted = secret;
      answers.push(await line);
      muted = false;
      if (secret) show('\n');
    }
    return answers;
  } finally {
    endJobControl();
    lines.close();
  }
}

/** Answers to questions: typed at a terminal, else one line each of standard input. */
export async function ask(...questions: readonly Question[]): Promise<string[]> {
  if (process.stdin.isTTY) return await askOnTerminal(questions);
  const answers: string[] = [];
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    answers.push(line);
    if (answers.length === questions.length) break;
  }
  lines.close();
  if (answers.length < questions.length) {
    throw wrongUsage(`Standard input has ${answers.length} of ${questions.length} lines.`, [
      `Wanted, one a line: ${questions.map(({ text }) => text.replace(/[:?]\s*$/, '').toLowerCase()).join(', ')}.`,
    ]);
  }
  return answers;
}
