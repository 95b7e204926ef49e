import { expect, test } from 'vitest';
import { tableNames, type TableName } from '#shared/deployment/tables.ts';
import { files, read } from './files.ts';

/**
 * The folders of shared/ that read and write each table. A change of several tables at once is composed of the named writes
 * of these folders.
 */
const owners: Record<TableName, readonly string[]> = {
  users: ['users'],
  credentials: ['passwords'],
  keys: ['vault'],
  quotas: ['quotas'],
  invites: ['invites'],
  sessions: ['sessions'],
  grants: ['apps'],
  codes: ['codes'],
  signers: ['sessions'],
  // The audit trail keeps its daily counts there, and the health check reads a row that never exists.
  counters: ['guards', 'audit', 'aws'],
  mails: ['mail'],
  audit: ['audit'],
};

const sources = files('{shared,functions}/**/*.ts').filter((file) => !file.startsWith('shared/deployment/'));

const folderOf = (file: string): string => file.split('/').slice(1, -1).join('/');

/** A file without its comments and imports. */
const codeOf = (file: string): string =>
  read(file)
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
    .replaceAll(/^(import|export)\b[^;]* from '.*';$/gm, '');

/** The only way in which code may name a table. */
const asked = /\bconfig\.table\('(\w+)'\)/g;

test.each(tableNames)('%s is read and written in the folder of its subject alone', (table) => {
  const folders = sources
    .filter((file) => [...codeOf(file).matchAll(asked)].some(([, name]) => name === table))
    .map(folderOf);
  expect([...new Set(folders)].toSorted()).toEqual(owners[table].toSorted());
});

test('a table is asked for in the one way that tells which', () => {
  const otherwise = sources.filter((file) => /\btable\b/.test(codeOf(file).replaceAll(asked, '')));
  expect(otherwise).toEqual([]);
});

test('a file that names rows of another folder writes none by itself', () => {
  const foreign = /^import \{[^}]*\b[a-z]\w*Refs?\b[^}]*\} from '(\.\.\/|#shared\/)/m;
  const write = /\b(Put|Update|Delete|ConditionCheck)(Command)?\b/;
  const wrong = sources.filter((file) => foreign.test(read(file)) && write.test(codeOf(file)));
  expect(wrong).toEqual([]);
});
