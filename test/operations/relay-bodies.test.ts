import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readAtMost } from '#local/base/read-all.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import * as relay from '../harness/relay/relay.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await relay.keyHolder(stack(), admin);
  token = await relay.relayToken(stack(), who);
});

async function keep(request: IncomingMessage, response: ServerResponse): Promise<void> {
  got.push({ headers: request.headers, body: await readAtMost(request, 10_000_000) });
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}

/** What the provider has got since the test began. */
let got: { headers: IncomingHttpHeaders; body: Buffer | undefined }[];
beforeEach(async () => {
  got = [];
  const baseUrl = await listenAt((request, response) => {
    void keep(request, response);
  });
  stack().deploy({
    ...servicesWith({ chatgpt: { baseUrl } }),
    userRequests: 1_000,
    userQuestions: 1_000,
  });
});

const path = '/chatgpt/v1/responses';
const post = (raw: Buffer | string | undefined, headers: Record<string, string>) =>
  relay.relayed<{ error: { type: string; code: string } }>(stack(), 'POST', path, {
    token,
    headers,
    ...(raw !== undefined && { raw }),
  });
const used = async () => {
  const { requests, questions } = await relay.quotaOf(stack(), who);
  return [requests.used, questions.used];
};
const json = { 'content-type': 'application/json' };
const question = JSON.stringify({ model: 'gpt-5', input: 'Was heißt „latchkey“? 鍵 🔑' });
const latin1 = Buffer.from('{"model":"gpt-5","input":"Was heißt das?"}', 'latin1');

test.each([
  ['gzip', json, gzipSync(question)],
  ['deflate', json, deflateSync(question)],
  ['br', json, brotliCompressSync(question)],
  ['zstd', json, zstdCompressSync(question)],
  ['identity, GZIP', json, gzipSync(question)],
  ['gzip', { 'content-type': 'text/plain; charset=utf-8' }, gzipSync(question)],
  ['', json, latin1],
  ['identity', { 'content-type': 'application/json; charset=iso-8859-1' }, latin1],
  ['', json, Buffer.from(`\ufeff${question}`, 'utf16le')],
  ['', { 'content-type': 'text/plain' }, Buffer.from([0, 255, 1, 254])],
])(
  '415 C72: %j is refused before it is counted where it could not arrive as sent',
  async (encoding, type, body) => {
    const before = await used();
    const answer = await post(body, { ...type, ...(encoding && { 'content-encoding': encoding }) });
    expect(answer).toMatchObject({
      status: 415,
      json: { error: { type: 'invalid_request_error', code: 'unsupported_encoding' } },
    });
    expect(answer.headers['x-should-retry']).toBe('false');
    expect(got).toEqual([]);
    expect(await used()).toEqual(before);
  },
);

const binary = Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256));
test.each([
  ['text in UTF-8', json, Buffer.from(question)],
  ['text with a byte order mark', json, Buffer.from(`\ufeff${question}`)],
  ['text that has the replacement character in it', json, Buffer.from('{"input":"a \ufffd b"}')],
  ['an encoding that changes nothing', { ...json, 'content-encoding': 'identity' }, Buffer.from(question)],
  ['bytes', { 'content-type': 'application/octet-stream' }, binary],
  ['a form with a file', { 'content-type': 'multipart/form-data; boundary=b' }, binary],
  [
    'compressed bytes',
    { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip', 'content-language': 'de' },
    gzipSync(question),
  ],
  ['bytes without a type', {}, binary],
])('200 C72: %s arrive byte for byte with their headers', async (_, headers, body) => {
  expect((await post(body, headers)).status).toBe(200);
  expect(got[0]!.body!.equals(body)).toBe(true);
  expect(got[0]!.headers).toMatchObject({ ...headers, 'content-length': String(body.length) });
});

test('200 C72: nothing arrives as nothing', async () => {
  for (const headers of [json, {}, { 'content-encoding': 'gzip' }])
    expect((await post(undefined, headers)).status).toBe(200);
  expect(got.map(({ body }) => body!.length)).toEqual([0, 0, 0]);
});

test('C72: a chunked body arrives whole, but where it may have been changed', async () => {
  const chunked = (text: string) => {
    const body = new Blob([text.slice(0, 9), text.slice(9)]).stream();
    const sent = {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${token}` },
      body,
      duplex: 'half',
    };
    return fetch(`${stack().relay}${path}`, sent);
  };
  expect((await chunked(question)).status).toBe(200);
  expect(got[0]!.body!.toString()).toBe(question);
  // Without a length the relay cannot tell this character from replaced invalid bytes.
  expect((await chunked('{"input":"a \ufffd b"}')).status).toBe(415);
  expect(got).toHaveLength(1);
});
