import { ask } from './ask.ts';
import { cdk } from './cdk.ts';

/** What a command reaches besides AWS: a person, a terminal, the CDK. */
export interface Machine {
  /** Prints the result of the command. */
  print(text: string): void;
  /** Takes long results, which come in parts. */
  readonly stream: NodeJS.WritableStream;
  /** Prints a message about the work itself. */
  say(text: string): void;
  /** Whether there is a person to ask. */
  readonly isInteractive: boolean;
  ask(question: string): Promise<string>;
  cdk: typeof cdk;
}

export const machine: Machine = {
  print: (text) => console.log(text),
  stream: process.stdout,
  say: (text) => process.stderr.write(`${text}\n`),
  isInteractive: process.stdin.isTTY && process.stderr.isTTY,
  ask: (question) => ask(question, process.stdin, process.stderr),
  cdk,
};
