import { expect, test } from 'vitest';
import { files, read } from './files.ts';

/** The events of warnings and errors in a source: `log.error('failed', …)`, including two chosen by a condition. */
const events = (source: string): string[] =>
  [...source.matchAll(/\blog\.(?:warn|error)\(([^{;]*?)[,)]/g)].flatMap(([, first]) =>
    [...first!.matchAll(/'([^']+)'/g)].map(([, event]) => event!),
  );

test('R8.2: the runbook says of each warning and error that a function logs what to do, and of no other', () => {
  const logged = files('{functions,shared}/**/*.ts').flatMap((file) => events(read(file)));
  const told = [...read('docs/runbook.md').matchAll(/^\| (`[a-z.].*?) +\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, event]) => event!),
  );
  expect(told.filter((event) => event !== 'message').toSorted()).toEqual([...new Set(logged)].toSorted());
});
