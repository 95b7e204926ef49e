import { appendFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe } from 'vitest';
import { openSwitch, recording } from './switch.ts';

/** What a file of a trial says: which mutant is active, and the tests that are to notice it. */
interface Trial {
  switchFile: string;
  mutants: number;
  active: number;
  /** Where it is noted what each test has reached, in a trial that records. */
  notes: string;
  /** Test files, each with the names of its tests that reach the mutant; all where none are named. */
  files: { file: string; load: () => Promise<unknown>; tests?: readonly string[] }[];
}

/** What a test has reached, and how long it took. */
export interface Note {
  file: string;
  test: string;
  reached: number[];
  milliseconds: number;
}

/** Runs test files with one mutant active, until one test fails. */
export function trial({ switchFile, mutants, active, notes, files }: Trial): void {
  const { activate, takeReached } = openSwitch(switchFile, mutants);
  activate(active);
  let hasFailed = false;
  for (const { file, load, tests } of files)
    describe(file, async () => {
      let inCommon: number[] = [];
      const names = tests && new Set(tests);
      // What is prepared for all tests of the file is reached by each.
      if (active === recording) beforeAll(() => void takeReached());
      beforeEach(({ task, skip, onTestFailed }) => {
        if (hasFailed || (names && !names.has(task.fullTestName))) skip();
        onTestFailed(() => void (hasFailed = true));
        if (active !== recording) return undefined;
        inCommon = [...new Set([...inCommon, ...takeReached()])];
        const start = performance.now();
        return () => {
          const note: Note = {
            file,
            test: task.fullTestName,
            reached: [...new Set([...inCommon, ...takeReached()])],
            milliseconds: performance.now() - start,
          };
          appendFileSync(notes, `${JSON.stringify(note)}\n`);
        };
      });
      await load();
    });
}
