import { expect, test } from 'vitest';
import { idFrom } from '#shared/random.ts';

test('C75: an id does not begin with a hyphen, which spreadsheets take for a formula', () => {
  const bits = [0xf8, 0xfb, 0x00].map((first) => Uint8Array.of(first, ...Array<number>(15).fill(0)));
  expect(idFrom((time) => bits[time]!)).toBe('A'.repeat(22));
});
