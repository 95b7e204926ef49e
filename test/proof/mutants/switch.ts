import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * The active mutant and the reached mutants are in a small file that the processes and threads of a stack share. Its first four bytes
 * are the number of the active mutant. Each byte after them says whether one mutant was reached.
 */
const head = 4;

/** No active mutant: the sources behave as written. */
export const none = 0;

/** No active mutant either, but the reached mutants are noted. */
export const recording = -1;

/** The module that mutated sources import. In a browser no mutant is ever active. */
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
  /** The numbers of the mutants that were reached since the last call. */
  takeReached(): number[];
  close(): void;
}

/** Opens the file for `count` mutants, numbered from 1. Creates the file if it does not exist. */
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
