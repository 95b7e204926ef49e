import { expect, test } from 'vitest';
import { isChosen, readCode, showCode, spellCode } from '#shared/invites/invite-code.ts';

test('R2.1: a derived code has ten characters, and each of the first fifty bits of its secret makes another', () => {
  const none = new Uint8Array(32);
  const codes = Array.from({ length: 50 }, (_, bit) =>
    spellCode(none.map((_, at) => (at === bit >> 3 ? 0x80 >> (bit & 7) : 0))),
  );
  expect(spellCode(none)).toBe('0000000000');
  expect(codes[0]).toBe('G000000000');
  expect(codes[49]).toBe('0000000001');
  expect(new Set(codes).size).toBe(50);
  for (const code of codes) expect(readCode(code)).toBe(code);
  expect(spellCode(none.fill(255), 6)).toBe('ZZZZZZ');
});

test('R2.1 R2.10: a code has four to ten characters; one that is shorter than a derived one was chosen', () => {
  const read = ['abc', 'abcd', 'abcdefghjk', 'abcdefghjkm', 'cod\u00e9'].map(readCode);
  expect(read).toEqual([undefined, 'ABCD', 'ABCDEFGHJK', undefined, undefined]);
  expect(['ABCDEFGHJ', 'ABCDEFGHJK'].map(isChosen)).toEqual([true, false]);
  expect(['ABCDEFGHJ', 'ABCDEFGHJK'].map(showCode)).toEqual(['ABCDEFGHJ', 'ABCDE-FGHJK']);
});
