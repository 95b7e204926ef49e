import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { useJobs } from './assembly.ts';
import { http } from './http.ts';

/** Answers as the query says, by default with the event itself. */
const handler = `awslambda.streamifyResponse(async (event, stream, context) => {
  const { what, parts = '0' } = event.queryStringParameters ?? {};
  if (what === 'throw-first') throw new Error('before a word was said');
  const from = awslambda.HttpResponseStream.from(stream, {
    statusCode: what === 'teapot' ? 418 : 200,
    headers: { 'content-type': 'text/plain', 'x-left': String(context.getRemainingTimeInMillis()) },
    cookies: ['a=1', 'b=2'],
  });
  const { once } = require('node:events');
  from.write(what === undefined ? JSON.stringify(event) : '');
  for (let part = 0; part < Number(parts); part += 1)
    if (!from.write(Buffer.alloc(65536, 'x'))) await once(from, 'drain');
  if (what === 'throw-last') throw new Error('in the middle');
  from.end();
  await once(from, 'finish');
  console.log('finished ' + what);
})`;
const { stack } = useJobs({ 'test-answer': { trigger: 'url', handler } });
const call = (path: string, options?: Parameters<typeof http>[1]) => http(`${stack().relay}${path}`, options);

/** The answer as soon as its headers arrive. */
async function begin(path: string): Promise<IncomingMessage> {
  const outgoing = request(`${stack().relay}${path}`, { agent: false }).end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer;
}

describe('a function URL', () => {
  test('hands over an event of payload format 2.0, whatever method and path, which stays as it was sent', async () => {
    const answer = await call('/any/path%20here?x=1', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"ä":1}',
    });
    const event = JSON.parse(answer.text) as APIGatewayProxyEventV2;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/any/path%20here',
      rawQueryString: 'x=1',
      body: '{"ä":1}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'PATCH', sourceIp: '127.0.0.1' } },
    });
  });

  test('answers with status, headers and cookies of the prelude, and 900 seconds to go', async () => {
    const { status, headers, text } = await call('/?what=teapot');
    expect({ status, text, type: headers['content-type'], cookies: headers['set-cookie'] }).toEqual({
      status: 418,
      text: '',
      type: 'text/plain',
      cookies: ['a=1', 'b=2'],
    });
    expect(Number(headers['x-left'])).toBeGreaterThan(890_000);
  });

  test('streams more than a Lambda answers otherwise', async () => {
    const { text } = await call('/?what=big&parts=200');
    expect(text).toHaveLength(200 * 65_536);
  });

  test.each([
    ['text as it is', 'text/plain', 1],
    ['what is no text in base64', 'application/octet-stream', 4 / 3],
  ])('takes events of 6 MB and refuses larger ones, in which it counts %s', async (_, type, cost) => {
    const post = (length: number) =>
      call('/?what=teapot', {
        method: 'POST',
        headers: { 'content-type': type },
        body: Buffer.alloc(length, 'x'),
      });
    const most = 6 * 1024 * 1024;
    // The rest of the event takes a few hundred bytes.
    expect((await post(Math.floor((most - 4_096) / cost))).status).toBe(418);
    expect((await post(Math.ceil(most / cost))).status).toBe(413);
    expect((await post(most + 1)).status).toBe(413);
  });

  test('counts in JSON what a quotation mark takes there', async () => {
    const post = (length: number) =>
      call('/?what=teapot', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.alloc(length, '"'),
      });
    expect((await post(3 * 1024 * 1024 - 4_096)).status).toBe(418);
    expect((await post(3 * 1024 * 1024)).status).toBe(413);
  });

  test('is 502 when the function fails before it answers, and a broken answer afterwards', async () => {
    expect((await call('/?what=throw-first')).status).toBe(502);
    await expect(call('/?what=throw-last&parts=1')).rejects.toThrow(/aborted|closed/);
  });

  test('does not tell the function that its caller has left', async () => {
    const answer = await begin('/?what=left&parts=400');
    answer.destroy();
    await once(answer, 'close');
    await expect
      .poll(() =>
        stack()
          .logs()
          .map(({ text }) => text),
      )
      .toContainEqual(expect.stringContaining('finished left'));
  });
});
