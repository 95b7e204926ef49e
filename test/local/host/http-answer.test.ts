import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { startFixture } from './fixture.ts';
import { http } from './http.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture()));
afterAll(() => stack.stop());

const call = (path: string, options?: Parameters<typeof http>[1]) => http(`${stack.app}${path}`, options);

const answering = (answer: unknown) =>
  call('/v1/things', { headers: { 'x-do': 'answer', 'x-with': JSON.stringify({ answer }) } });

describe('the answer', () => {
  test('is what a structured result says', async () => {
    const { status, headers, text } = await answering({
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-One': 1 },
      cookies: ['a=1; Path=/', 'b=2'],
      body: 'body',
    });
    expect({ status, text }).toEqual({ status: 201, text: 'body' });
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'x-one': '1',
      'set-cookie': ['a=1; Path=/', 'b=2'],
    });
  });

  test('is text without a content type, and decoded from base64', async () => {
    const body = Buffer.from('ä').toString('base64');
    const { headers, text } = await answering({ statusCode: 200, isBase64Encoded: true, body });
    expect(text).toBe('ä');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test.each([
    [{ a: 1 }, '{"a":1}'],
    ['words', 'words'],
    [null, 'null'],
  ])('%j is 200 and JSON', async (answer, text) => {
    const result = await answering(answer);
    expect(result).toMatchObject({ status: 200, text });
    expect(result.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['an error', { 'x-do': 'fail' }, 500, 'Internal Server Error'],
    [
      'a strange status',
      { 'x-do': 'answer', 'x-with': '{"answer":{"statusCode":"x"}}' },
      500,
      'Internal Server Error',
    ],
  ])('to %s is its own', async (_, headers, status, message) => {
    expect(await call('/v1/things', { headers })).toMatchObject({
      status,
      text: JSON.stringify({ message }),
    });
  });

  test('to a function that takes longer than its route may is 503', async () => {
    const strict = await startFixture({ timeoutFactor: 1 });
    try {
      const headers = { 'x-do': 'wait', 'x-with': '{"ms":600}' };
      const text = '{"message":"Service Unavailable"}';
      expect(await http(`${strict.app}/v1/things`, { headers })).toMatchObject({ status: 503, text });
    } finally {
      await strict.stop();
    }
  });

  test('to a function that cannot be loaded is 500', async () => {
    expect(await call('/broken')).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });

  test("to more than 10 MB is 413, to exactly 10 MB the function's", async () => {
    const post = (size: number) =>
      call('/v1/things', { method: 'POST', headers: { 'x-do': 'nothing' }, body: Buffer.alloc(size) });
    const limit = 10 * 1024 * 1024;
    expect(await post(limit + 1)).toMatchObject({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
    expect(await post(limit)).toMatchObject({ status: 200 });
  });

  test('to more than 10,240 bytes of headers is 431', async () => {
    expect(await call('/', { headers: { 'x-long': 'x'.repeat(10_300) } })).toMatchObject({ status: 431 });
  });
});
