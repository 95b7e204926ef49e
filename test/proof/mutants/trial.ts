import { appendFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe } from 'vitest';
import { openSwitch, recording } from './switch.ts';

/** The contents of a trial file: the active mutant, and the tests that should notice it. */
interface Trial {
  switchFile: string;
  mutants: number;
  active: number;
  /** The file in which a recording trial notes the mutants that each test reaches. */
  notes: string;
  /** Test files, each with the names of its tests that reach the mutant. Without names, all tests of the file run. */
  files: { file: string; load: () => Promise<unknown>; tests?: readonly string[] }[];
}

/** The mutants that a test reached, and the time it took. */
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
      // The preparation for all tests of a file counts as reached by each of them.
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
