import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * Which mutant is active, and which ones were reached: a small file that the processes and threads of a stack share. Its
 * first four bytes are the number of the active mutant, each byte after them says of one mutant whether it was reached.
 */
const head = 4;

/** No mutant: the sources behave as they are. */
export const none = 0;

/** No mutant either; and it is noted which ones are reached. */
export const recording = -1;

/** The module that mutated sources ask; in a browser none is ever active. */
export const switchSource = (file: string): string => `
const fs = globalThis.process?.getBuiltinModule?.('node:fs');
const file = fs?.openSync(${JSON.stringify(file)}, 'r+');
const active = new Int32Array(1);
const reached = new Uint8Array([1]);
export function mutant(n) {
  if (!fs) return false;
  fs.readSync(file, active, 0, ${head}, 0);
  if (active[0] === ${recording}) fs.writeSync(file, reached, 0, 1, ${head} + n);
  return active[0] === n;
}
`;

export interface Switch {
  activate(mutant: number): void;
  /** Numbers of the mutants that were reached since this was last asked. */
  takeReached(): number[];
  close(): void;
}

/** Opens the file for `count` mutants, which are numbered from 1; makes it where it is not there. */
export function openSwitch(path: string, count: number): Switch {
  const file = openSync(path, 'a+');
  closeSync(file);
  const open = openSync(path, 'r+');
  return {
    activate: (mutant) => void writeSync(open, new Int32Array([mutant]), 0, head, 0),
    takeReached() {
      const bytes = new Uint8Array(count + 1);
      readSync(open, bytes, 0, bytes.length, head);
      writeSync(open, new Uint8Array(count + 1), 0, count + 1, head);
      return [...bytes.keys()].filter((n) => bytes[n] === 1);
    },
    close: () => closeSync(open),
  };
}
