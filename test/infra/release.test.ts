import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { breachesOf } from '#infra/release/breaches.ts';
import { factsOf, type Facts } from '#infra/release/facts.ts';
import { lastRelease } from '#infra/release/last-release.ts';
import { versionIn } from '#infra/release/wanted-version.ts';
import { synthesize } from './synthesize.ts';

const { stateful, service } = synthesize(findOperations());
const present = factsOf(stateful, service);

test('R8.3: this release can follow the last one on its data, and be rolled back to it', () => {
  const last = lastRelease();
  expect(last, 'npm run release notes a release').toBeDefined();
  expect(breachesOf(last!.facts, present)).toEqual([]);
});

test('what is no version, such as a flag, is not taken for the name of a release', () => {
  expect(versionIn([])).toMatch(/^\d+\.\d+\.\d+$/);
  expect(versionIn(['2.10.0'])).toBe('2.10.0');
  for (const args of [['--help'], ['1.2'], ['../1.2.3'], ['1.2.3', '1.2.4']])
    expect(versionIn(args), args.join(' ')).toBeUndefined();
});

test('the facts of a release hold what it stores and what it reads of that', () => {
  expect(present.tables['UsersTable']).toMatchObject({
    keys: 'HASH pk S',
    indexes: { byEmail: expect.stringMatching(/^HASH listing S, RANGE email S; .*ALL/) },
  });
  expect(present.uses).toEqual(
    expect.arrayContaining(['UsersTableName', 'UsersTable/byEmail', 'PepperKeyArn', 'MailsTableStreamArn']),
  );
});

/** The present release, changed by `change`. */
function changed(change: (facts: Facts) => void): Facts {
  const facts = structuredClone(present);
  change(facts);
  return facts;
}
const users = (facts: Facts) => facts.tables['UsersTable']!;
const unused = changed((facts) => {
  facts.uses = facts.uses.filter((use) => !/^(UsersTable|PepperKey)/.test(use));
});

test.each<[string, (facts: Facts) => void, RegExp]>([
  ['a table that goes', (facts) => delete facts.tables['UsersTable'], /table UsersTable goes .* one more/],
  ['a key that goes', (facts) => delete facts.keys['PepperKey'], /key PepperKey goes .* one more/],
  [
    'an output that goes',
    (facts) => void facts.outputs.splice(facts.outputs.indexOf('UsersTableArn'), 1),
    /output UsersTableArn goes/,
  ],
  [
    'an index that goes',
    (facts) => delete users(facts).indexes['byEmail'],
    /index byEmail of UsersTable goes/,
  ],
  ['other keys of a table', (facts) => void (users(facts).keys = 'HASH id S'), /made anew, without its rows/],
  [
    'another kind of key',
    (facts) => void (facts.keys['PepperKey'] = 'HMAC_512'),
    /PepperKey was .* HMAC_512: .* lost/,
  ],
  [
    'another index of the same name',
    (facts) => void (users(facts).indexes['byEmail'] = 'HASH x S'),
    /byEmail .* name of its own/,
  ],
  [
    'two new indexes of a table',
    (facts) => void Object.assign(users(facts).indexes, { a: '', b: '' }),
    /2 indexes .*\(a, b\)/,
  ],
  [
    'a stream that ends',
    (facts) => void (facts.tables['MailsTable']!.stream = 'null'),
    /stream of MailsTable .* lost/,
  ],
  ['another expiry', (facts) => void (users(facts).expiry = 'null'), /rows expire/],
])('R8.3: a release is refused with %s', (_, change, sentence) => {
  expect(breachesOf(present, changed(change))).toEqual([expect.stringMatching(sentence)]);
});

test.each<[string, Facts, (facts: Facts) => void]>([
  [
    'a new table, key, output and stream',
    present,
    (facts) => {
      facts.tables['NewTable'] = users(facts);
      facts.keys['NewKey'] = 'HMAC_256';
      facts.outputs.push('NewKeyArn');
      users(facts).stream = '{"StreamViewType":"NEW_IMAGE"}';
    },
  ],
  [
    'one new index for each of two tables',
    present,
    (facts) => {
      for (const id of ['UsersTable', 'InvitesTable']) facts.tables[id]!.indexes['byNew'] = 'HASH x S';
    },
  ],
  [
    'nothing more of what the last one did not use',
    unused,
    (facts) => {
      delete facts.tables['UsersTable'];
      delete facts.keys['PepperKey'];
      facts.outputs = facts.outputs.filter((name) => !/^(UsersTable|PepperKey)/.test(name));
    },
  ],
])('R8.3: a release may have %s', (_, last, change) => {
  expect(breachesOf(last, changed(change))).toEqual([]);
});

test.each(['infra/release/main.ts', 'test/kept/main.ts'])('%s never replaces what a release left', (file) => {
  const { version } = lastRelease()!;
  const run = () => execFileSync(process.execPath, [file, version], { encoding: 'utf8', stdio: 'pipe' });
  expect(run).toThrow(`${version}.json`);
  expect(run).toThrow('later releases are held against it');
});
