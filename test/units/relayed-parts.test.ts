import { validateHeaderValue } from 'node:http';
import { describe, expect, test } from 'vitest';
import { builtInServices } from '#shared/deployment/built-in-services.ts';
import { requestHeaders } from '#shared/relay/headers.ts';
import { maskKey } from '#shared/relay/mask-key.ts';
import { wholeEvents } from '#shared/relay/whole-events.ts';

/** The parts of an answer as a provider may send them. */
async function* sent(texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function parts(passed: AsyncIterable<Buffer>): Promise<string[]> {
  const texts: string[] = [];
  for await (const part of passed) texts.push(String(part));
  return texts;
}

test('C66: a header of any characters can be sent to the provider, as the bytes that the caller sent', () => {
  const headers = { 'user-agent': 'Müller', 'x-stainless-os': '日本', 'x-client-request-id': '\ud800' };
  const sendable = requestHeaders(headers, builtInServices['claude']!, 'sk-ant-key');
  for (const [name, value] of Object.entries(sendable)) validateHeaderValue(name, value);
  expect(sendable['user-agent']).toBe('Müller');
  expect(Buffer.from(sendable['x-stainless-os']!, 'latin1').toString()).toBe('日本');
});

describe('C58: a key in an answer', () => {
  const key = 'sk-ant-abcabcd';
  const stars = '*'.repeat(key.length);
  const masked = async (texts: readonly string[]) => (await parts(maskKey(sent(texts), key))).join('');

  test('is masked wherever it is cut', async () => {
    const text = `<${key}> and ${key}${key}, not sk-ant-abc`;
    const expected = text.replaceAll(key, stars);
    for (let at = 0; at <= text.length; at += 1)
      expect(await masked([text.slice(0, at), text.slice(at)]), String(at)).toBe(expected);
    expect(await masked([...text])).toBe(expected);
  });

  test('holds back nothing else: what cannot be its beginning goes at once', async () => {
    expect(await parts(maskKey(sent(['hello', ' sk-', 'x']), key))).toEqual(['hello', ' ', 'sk-x']);
  });

  test('is found after a beginning that was none', async () => {
    expect(await masked(['sk-ant-abc', 'abcd sk-ant-ab', 'sk-ant-abcab', 'cd'])).toBe(
      `${stars} sk-ant-ab${stars}`,
    );
  });
});

test('C58: a key that JSON spells otherwise is masked wherever it is cut, and nothing else is held back', async () => {
  const key = '/a+b"c\\d';
  const masked = async (texts: readonly string[]) => (await parts(maskKey(sent(texts), key))).join('');
  const spelled = [
    '\\/a\\u002Bb\\"c\\\\d',
    '\\\\\\/a\\\\u002bb\\\\\\"c\\\\\\\\d',
    '%2Fa%2bb%22c%5Cd',
    '&#47;a&#x2B;b&QUOT;c&#92;d',
  ];
  for (const one of spelled) {
    const text = `<${one}> and ${one}${one}, not \\/a+b\\"c or \\n \\u002 %2 &#4`;
    const expected = text.replaceAll(one, '*'.repeat(one.length));
    for (let at = 0; at <= text.length; at += 1)
      expect(await masked([text.slice(0, at), text.slice(at)]), `${one} ${at}`).toBe(expected);
    expect(await masked([...text])).toBe(expected);
  }
  expect(await parts(maskKey(sent(['hello\\', 'n \\u00', '2f']), key))).toEqual(['hello', '\\n ', '\\u002f']);
});

describe('C58: a stream of events', () => {
  test('is cut between events alone', async () => {
    const passed = wholeEvents(sent(['data: 1\n', '\ndata: 2\n\nda', 'ta: 3\r\n\r\n', 'data: 4']));
    expect(await parts(passed)).toEqual(['data: 1\n\ndata: 2\n\n', 'data: 3\r\n\r\n', 'data: 4']);
  });

  test('passes comments at once, but not those within an event', async () => {
    const passed = wholeEvents(sent([': a\n', 'data: 1\n', ': b\n', '\n: c', '\r: d\r\n']));
    expect(await parts(passed)).toEqual([': a\n', 'data: 1\n: b\n\n', ': c\r: d\r\n']);
  });

  test('ends at a blank line of any line ends, wherever it is cut', async () => {
    const lineEnds = ['\n', '\r', '\r\n'];
    for (const first of lineEnds)
      for (const second of lineEnds.filter((end) => first !== '\r' || end !== '\n')) {
        const event = `data: 1${first}${second}`;
        expect(await parts(wholeEvents(sent([event, 'data']))), JSON.stringify(event)).toEqual([
          event,
          'data',
        ]);
        for (let at = 1; at < event.length; at += 1) {
          const passed = await parts(wholeEvents(sent([event.slice(0, at), event.slice(at), 'data'])));
          expect(passed.join('')).toBe(`${event}data`);
          expect(passed.at(-1)).toBe('data');
        }
      }
  });

  test('loses the half event where it breaks off', async () => {
    const breaking = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('data: 1\n\ndata: {"ty');
      throw new Error('cut');
    };
    const texts: string[] = [];
    const read = async () => {
      for await (const part of wholeEvents(breaking())) texts.push(String(part));
    };
    await expect(read()).rejects.toThrow('cut');
    expect(texts).toEqual(['data: 1\n\n']);
  });

  test('is not held for ever by one that has no end', async () => {
    const part = 'x'.repeat(600_000);
    expect((await parts(wholeEvents(sent([part, part, part])))).map(({ length }) => length)).toEqual([
      1_200_000, 600_000,
    ]);
  });
});
