import { PassThrough } from 'node:stream';
import type { Machine } from '#infra/deploy/machine.ts';

/** A machine without a person at it, or with one who gives this answer. It records what it was told. */
export function fakeMachine(answer?: string) {
  const printed: string[] = [];
  const said: string[] = [];
  const ran: (readonly string[])[] = [];
  const asked: string[] = [];
  const machine: Machine = {
    print: (text) => void printed.push(text),
    stream: new PassThrough(),
    say: (text) => void said.push(text),
    isInteractive: answer !== undefined,
    ask: async (question) => {
      asked.push(question);
      return answer ?? '';
    },
    cdk: async (args) => void ran.push(args),
  };
  return { machine, printed, said, ran, asked };
}
