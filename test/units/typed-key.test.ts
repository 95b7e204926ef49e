import { expect, test } from 'vitest';
import type { Services } from '#shared/deployment/services.ts';
import { mistakeInKey } from '#shared/vault/typed-key.ts';

const services = {
  any: { title: 'Any', keyPattern: '.+' },
  red: { title: 'Red', keyPattern: 'red-[a-z]+' },
  blue: { title: 'Blue', keyPattern: 'blue-[a-z]+' },
} as unknown as Services;
const mistake = (key: string, service: string, keyMinLength = 8) =>
  mistakeInKey(key, service, { services, keyMinLength });

test('R1.2: a key of the shortest length is taken, one that is a character shorter is not', () => {
  expect(mistake('red-abcd', 'red')).toBeUndefined();
  expect(mistake('red-abc', 'red')).toEqual({ text: 'keyShort' });
});

test('R1.2: the first mistake in a key is told', () => {
  expect(mistake('', 'red')).toEqual({ text: 'keyMissing' });
  expect(mistake('red abc', 'red')).toEqual({ text: 'keyCharacters' });
  expect(mistake('red-ABCDE', 'red')).toEqual({ text: 'keyShape', values: { service: 'Red' } });
});

test('R1.2: a key of another service is told from one of none, and a service that takes any text has no keys of its own', () => {
  const ofBlue = { text: 'keyOfOther', values: { service: 'Red', other: 'Blue' } };
  expect(mistake('blue-abcd', 'red')).toEqual(ofBlue);
  expect(mistake('blue-abcd', 'any')).toBeUndefined();
  expect(mistake('green-abcd', 'red')).toEqual({ text: 'keyShape', values: { service: 'Red' } });
});
