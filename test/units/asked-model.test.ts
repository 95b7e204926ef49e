import { expect, test } from 'vitest';
import { askedModel } from '#shared/relay/asked-model.ts';

const said = (text: string) => askedModel(Buffer.from(text));

test('R7.4: the model that a request asks is told, of whatever form the request is', () => {
  expect(said('{"model":"claude-sonnet-4-5","messages":[]}')).toBe('claude-sonnet-4-5');
  for (const other of [
    '',
    'null',
    '[]',
    '"model"',
    '{',
    '{"model":7}',
    '{"model":""}',
    '{"messages":[{"model":"x"}]}',
  ])
    expect(said(other), other).toBeUndefined();
});

test('C80: what hides in a name is left out, and what is no name is not told', () => {
  expect(said('{"model":"gpt\\u202e-4"}')).toBe('gpt-4');
  expect(said(`{"model":"${'x'.repeat(101)}"}`)).toBeUndefined();
  expect(
    said(`{"model":"x","messages":"${'y'.repeat(300_000)}"}`),
    'a request too large to read',
  ).toBeUndefined();
});
