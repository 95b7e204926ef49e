import { expect, test } from 'vitest';
import { sourceOf, type Past } from '../../cli/restore/source.ts';

const time = (text: string): Date => new Date(`2026-12-${text}:00Z`);
const to = time('09T18:00');

/** A table that DynamoDB can restore from `from` to now, and whose contents are complete since `since`. */
const past = (since: string, before?: string, from = since): Past => ({
  since: time(since),
  before,
  window: { from: time(from), to },
});

/** `made` on the 1st was restored as `first` on the 7th, and that as `second` on the 9th. Recovery is on before rows are copied. */
const twice: Readonly<Record<string, Past>> = {
  made: past('01T00:00'),
  first: past('07T12:00', 'made', '07T11:00'),
  second: past('09T12:00', 'first', '09T11:00'),
};
const source = (at: string, pasts = twice, inUse = 'second'): Promise<string> =>
  sourceOf(inUse, time(at), (name) => Promise.resolve(pasts[name]));
const refusal = (...args: Parameters<typeof source>): Promise<unknown> =>
  source(...args).catch((error: unknown) => error);

test.each([
  ['of the table in use', '09T13:00', 'second'],
  ['of the table in use, from the moment at which all was carried over', '09T12:00', 'second'],
  ['while rows were carried over into the table in use', '09T11:30', 'first'],
  ['between two restores', '09T10:00', 'first'],
  ['while rows were carried over into the table before', '07T11:30', 'made'],
  ['before both', '07T10:00', 'made'],
])('R8.3: a time %s is restored from the table that was in use then', async (_, at, name) => {
  expect(await source(at)).toBe(name);
});

test('R8.3: a table that was restored from none ends the way back, whatever else there is', async () => {
  const pasts = { ...twice, copy: past('08T12:00') };
  expect(await source('08T13:00', pasts, 'copy')).toBe('copy');
  expect(await refusal('08T11:00', pasts, 'copy')).toMatchObject({
    message: 'Nothing can be restored to 2026-12-08T11:00:00Z.',
    lines: ['copy can be restored from 2026-12-08T12:00:00Z to 2026-12-09T18:00:00Z.'],
  });
});

test('R8.3: what no table of then can be restored to is refused, each with its own time, and not with what it was left as', async () => {
  const first = { ...twice['first']!, window: undefined };
  expect(await refusal('08T10:00', { ...twice, first })).toMatchObject({
    lines: [
      'second can be restored from 2026-12-09T12:00:00Z to 2026-12-09T18:00:00Z.',
      'first keeps no history: point-in-time recovery is off.',
      'made can be restored from 2026-12-01T00:00:00Z to 2026-12-07T12:00:00Z.',
    ],
  });
  const { second } = twice;
  expect(await refusal('08T10:00', { second: second! })).toMatchObject({
    lines: [expect.stringMatching(/^second can/), 'first, which was in use before, is gone.'],
  });
  // The table's history no longer covers the time in which it was in use.
  const long = { ...twice, made: past('01T00:00', undefined, '08T00:00') };
  expect(await refusal('07T10:00', long)).toMatchObject({
    lines: expect.arrayContaining([expect.stringMatching(/^made keeps no history/)]),
  });
});

test('R8.3: tables whose tags name each other come to an end', async () => {
  const pasts = { ...twice, first: past('07T12:00', 'second') };
  expect(await refusal('07T10:00', pasts)).toMatchObject({ lines: { length: 2 } });
});
