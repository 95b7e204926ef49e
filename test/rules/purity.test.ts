import { expect, test } from 'vitest';
import { files, read } from './files.ts';
import { importsOf, sourcesOf } from './imports.ts';

/** The only files that read the time, randomness or the environment. All others get them as arguments. */
const sources = [
  'shared/clock.ts',
  'shared/deployment/config.ts',
  'shared/passwords/argon2id.ts',
  'shared/random.ts',
];

const impure =
  /@aws-sdk|\brandom(Bytes|UUID|Int)\b|Date\.now|new Date\(\)|Math\.random|performance\.now|process\.env/;

/** Whether a file talks to the outside: it has an AWS client or declares a capability. */
const isPort = (file: string): boolean =>
  file.startsWith('shared/aws/') ||
  importsOf(file).some(
    ({ to, isType }) => !isType && (to.startsWith('shared/aws/') || to === 'shared/deployment/capability.ts'),
  );

test('rules read no clock, no randomness and no environment', () => {
  const rules = sourcesOf('shared').filter((file) => !isPort(file) && !sources.includes(file));
  expect(rules.filter((file) => impure.test(read(file)))).toEqual([]);
});

test('most of shared/ is rules', () => {
  const all = sourcesOf('shared');
  expect(all.filter((file) => !isPort(file)).length).toBeGreaterThan(all.length / 2);
});

test('the sources of time, randomness and environment are there', () => {
  expect(sources.filter((file) => files(file).length === 0)).toEqual([]);
});

test('config.ts is the only reader of the environment', () => {
  const readers = files('{functions,shared,web}/**/*.ts').filter((file) =>
    read(file).includes('process.env'),
  );
  expect(readers).toEqual(['shared/deployment/config.ts']);
});
