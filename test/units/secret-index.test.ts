import { expect, test } from 'vitest';
import { SecretIndex } from '../harness/stack/secret-index.ts';
import type { Draft } from '../proof/fuzz/draft.ts';
import { Secrets } from '../proof/fuzz/secrets.ts';
import type { Answer } from '../proof/fuzz/wire.ts';

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

test('C54: however many secrets the fuzz tests collect, each is looked for until the one after the next turn', () => {
  const secrets = new Secrets();
  const note = (token: string) =>
    secrets.note({ token } as Draft, { status: 200, headers: {}, text: '' } as Answer);
  note(secret);
  while (!secrets.isFull) note(`${secrets.size}`.padStart(20, 'x'));
  note('Canary-beyond-the-limit');
  secrets.turn();
  for (const text of [secret, 'Canary-beyond-the-limit'])
    expect(secrets.find(`"${text}"`)).toEqual(['token']);
  secrets.turn();
  expect(secrets.find(secret)).toEqual([]);
});
