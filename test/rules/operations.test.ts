import { describe, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import type { Capability } from '#shared/deployment/capability.ts';
import { keepersOfRows } from '../harness/stack/keepers-of-rows.ts';
import { files, read } from './files.ts';

const entries = findOperations();

/** Everything that an operation lacks, as sentences that say what to write. */
function missingOf(id: string): string[] {
  const tests = files(`test/operations/${id}*.test.ts`);
  const sends = new RegExp(`(sendEvent|readEvent|testAdminPage)(<[^>]*>)?\\([^']*'${id}'`);
  return [
    files(`events/${id}.json`).length === 0 && `write events/${id}.json`,
    tests.length === 0 && `write test/operations/${id}.test.ts`,
    tests.length > 0 &&
      !sends.test(tests.map(read).join('\n')) &&
      `send the sample event by sendEvent(stack(), '${id}') in ${tests.join(' or ')}`,
  ].filter((sentence) => sentence !== false);
}

describe.each(entries.map(({ id }) => id))('%s', (id) => {
  test('R5.3: has a sample event, and a test named by its id that starts from it', () => {
    expect(missingOf(id)).toEqual([]);
  });
});

test('C50 R4.1: whatever lies below /v1/admin is for administrators', () => {
  const below = entries.filter(
    ({ declaration }) => declaration.kind === 'operation' && declaration.path.startsWith('/v1/admin/'),
  );
  expect(below.length).toBeGreaterThan(15);
  const open = below.filter(({ declaration }) => !('auth' in declaration) || declaration.auth !== 'admin');
  expect(open.map(({ id }) => id)).toEqual([]);
});

test('C50 R1.4: keys and invites of one’s own are for who has proven the mailbox', () => {
  const verified = entries.filter(
    ({ declaration }) => 'auth' in declaration && declaration.auth === 'verified',
  );
  expect(verified.map(({ id }) => id).toSorted()).toEqual([
    'invite-create',
    'key-check',
    'key-delete',
    'key-list',
    'key-put',
    'key-update',
    'key-use-list',
  ]);
});

test('C65: only what is the same for everybody may be kept by caches', () => {
  const kept = entries.filter(({ declaration }) => 'cacheSeconds' in declaration);
  expect(kept.map(({ id }) => id).toSorted()).toEqual(['jwks-read', 'openapi-read', 'openid-read']);
});

test('there is no event of an operation that is gone', () => {
  const ids = entries.map(({ id }) => id).toSorted();
  const found = files('events/*.json').map((file) => file.slice('events/'.length, -'.json'.length));
  expect(found.toSorted()).toEqual(ids);
});

test('a stack that is emptied for another test starts those functions anew that keep a key of a row in memory', () => {
  const keepsKey = ({ name, grants }: Capability) =>
    name === 'accessTokens' || (name === 'signers' && JSON.stringify(grants).includes('Decrypt'));
  const keepers = entries.filter(({ declaration }) => declaration.uses.some(keepsKey));
  expect(keepersOfRows.toSorted()).toEqual(keepers.map(({ id }) => id).toSorted());
});
