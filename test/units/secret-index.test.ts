import { expect, test } from 'vitest';
import { SecretIndex } from '../harness/stack/secret-index.ts';

const secret = 'Canary-7Qx9-passphrase-Zk3w';

test('C54: the index finds a secret in each spelling, wherever it stands', () => {
  const index = new SecretIndex();
  index.add('password', secret);
  index.add('other', 'x'.repeat(40));
  for (let before = 0; before < 20; before += 1) {
    const text = `${' '.repeat(before)}${secret}`;
    for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const)
      expect(index.find(`{"a":"${Buffer.from(text).toString(encoding)}"}`)).toEqual(['password']);
    expect(index.find(encodeURIComponent(text))).toEqual(['password']);
  }
  expect(index.find('nothing of it, however long it is and whatever else it says')).toEqual([]);
});

test('C54: what is too short to be a secret is left out', () => {
  const index = new SecretIndex();
  index.add('short', 'short');
  expect(index.size).toBe(0);
});
