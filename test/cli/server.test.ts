import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CommandError } from '#cli/failures.ts';
import { waitLine } from '#cli/server/connect.ts';
import { Server } from '#cli/server/server.ts';
import { listen, type Listening } from '#local/base/listen.ts';
import { requestErrors } from '#shared/errors/requests.ts';

let open: Listening | undefined;
afterEach(() => open?.close());

/** A server that gives these answers in turn, and then repeats the last one. */
async function serverOf(...answers: RequestListener[]) {
  const seen: { key: string | undefined; language: string | undefined }[] = [];
  const waits: number[] = [];
  open = await listen(
    createServer((request, response) => {
      const { 'idempotency-key': key, 'accept-language': language } = request.headers;
      answers[Math.min(seen.length, answers.length - 1)]?.(request, response);
      seen.push({ key: key?.toString(), language });
    }),
    0,
    'programs',
  );
  const onWait = (seconds: number) => void waits.push(seconds);
  return { seen, waits, server: new Server({ url: open.url, language: 'ja-JP', onWait }) };
}

const status =
  (code: number, body: unknown = {}, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
const cut: RequestListener = (request) => void request.socket.destroy();
const fine = status(200, { ok: true });
const schema = z.object({ ok: z.boolean() });
const ifLost = 'It may be done: look.';
const problem = (code: string) => ({ title: 'Title', detail: 'Detail.', code, requestId: 'r' });

test('C51: a cut connection, 503 and 429 are tried again with the same key', async () => {
  const wait = status(429, problem('rate_limited'), { 'retry-after': '1' });
  const { seen, server } = await serverOf(cut, status(503), wait, fine);
  expect(await server.send('POST', '/', { schema, body: {}, key: 'run-0' })).toEqual({ ok: true });
  expect(seen).toEqual(Array.from({ length: 4 }, () => ({ key: 'run-0', language: 'ja-JP' })));
});

test('without a key, nothing that may have been done is done again', async () => {
  for (const answer of [cut, status(503)]) {
    const { seen, server } = await serverOf(answer);
    await expect(server.send('POST', '/', { schema, body: {}, ifLost })).rejects.toBeInstanceOf(CommandError);
    expect(seen).toHaveLength(1);
    await open?.close();
  }
});

test.each([
  [status(429, problem('locked'), { 'retry-after': '1' })],
  [status(429, problem('rate_limited'), { 'retry-after': '900' })],
  [status(500, problem('internal'))],
  [status(409, problem('conflict'))],
])('what waiting does not mend is told at once', async (answer) => {
  const { seen, server } = await serverOf(answer);
  await expect(server.get('/', schema)).rejects.toMatchObject({ code: 1, message: 'Title' });
  expect(seen).toHaveLength(1);
});

test('a path that the server does not know is no unknown id, which is said of what was asked for by one alone', async () => {
  const { en: title } = requestErrors.not_found.title;
  for (const detail of Object.values(requestErrors.not_found.detail)) {
    const { server } = await serverOf(status(404, { title, detail, code: 'not_found' }));
    const saidOf = (path: string) => server.get(path, schema).catch(({ message }: CommandError) => message);
    for (const path of ['/v1/me', '/v1/admin/invites?email=a', '/v1/admin/suppressions/lift'])
      expect(await saidOf(path), path).toBe('The server does not know what this command asks for.');
    for (const path of ['/v1/admin/invites/x', '/v1/admin/invites/x/revoke', '/v1/admin/users/x?limit=1'])
      expect(await saidOf(path), path).toBe('The server has nothing of this id.');
    await open?.close();
  }
});

test('a server that does not listen ends it at once, with an exit code of its own', async () => {
  const gone = await listen(createServer(), 0, 'programs');
  await gone.close();
  for (const [url, loss] of [
    [gone.url, 'unsent'],
    ['http://127.0.0.1:9', 'hopeless'],
  ] as const) {
    const server = new Server({ url, onWait: () => undefined });
    await expect(server.get('/', schema)).rejects.toMatchObject({ code: 4, loss });
  }
});

test('a token does not follow a redirect, and an answer of another form is no answer', async () => {
  const { seen, server } = await serverOf(status(302, {}, { location: '/elsewhere' }), status(200, 'hello'));
  await expect(server.get('/', schema)).rejects.toMatchObject({ code: 1, status: 302 });
  await expect(server.get('/', schema)).rejects.toMatchObject({ code: 1 });
  expect(seen).toHaveLength(2);
});

test('a problem is told with its fields', async () => {
  const errors = [{ path: 'emails.3', message: 'Is no address.' }];
  const { server } = await serverOf(status(422, { ...problem('invalid'), errors }));
  await expect(server.get('/', schema)).rejects.toMatchObject({
    message: 'Title',
    lines: ['Detail.', 'emails.3: Is no address.'],
  });
});

const bare = status(504, { message: 'Gateway Timeout' });
const html: RequestListener = (_, response) => void response.end('<html>');

test.each([
  ['a cut connection', [cut]],
  ['a gateway that waits no longer', [bare]],
  ['an error of ours', [status(500, problem('internal'))]],
  ['an answer of another form', [html]],
] as const)('C115: after %s an act says that it may be done, and how to see', async (_, answers) => {
  const { server } = await serverOf(...answers);
  const lost = server.send('DELETE', '/', { schema, ifLost });
  await expect(lost).rejects.toMatchObject({ mayBeDone: true, lines: expect.arrayContaining([ifLost]) });
});

test('C115: a question that had no answer has changed nothing', async () => {
  const { server } = await serverOf(status(500, problem('internal')));
  await expect(server.get('/', schema)).rejects.toMatchObject({ mayBeDone: false });
});

test.each([
  ['a refusal', [status(409, problem('conflict'))]],
  ['a refusal of the repeat', [cut, status(404, problem('not_found'))]],
])('C115: %s decides', async (_, answers) => {
  const { server } = await serverOf(...answers);
  const refused = server.send('DELETE', '/', { schema, ifLost, repeatable: true });
  await expect(refused).rejects.toMatchObject({ mayBeDone: false, lines: ['Detail.'] });
});

test('C115: one lost answer counts, also where the server is gone at the next try', async () => {
  const { server } = await serverOf((request) => {
    request.socket.destroy();
    void open?.close();
  });
  const lost = server.send('DELETE', '/', { schema, ifLost, repeatable: true });
  await expect(lost).rejects.toMatchObject({ code: 4, mayBeDone: true });
});

test('C113: what the network says names no header', async () => {
  const { server } = await serverOf(fine);
  const token = 'line\nbreak-secret';
  const wrong = new Server({ url: server.url, token, onWait: () => undefined });
  const failed: unknown = await wrong.get('/', schema).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 4 });
  expect(String(failed)).not.toContain('secret');
});

test.each([
  [0.4, '1 second'],
  [41.2, '42 seconds'],
  [60, '1 minute'],
  [89, '1 minute, 29 seconds'],
])('C76: a wait of %d seconds is told in words', (seconds, words) => {
  expect(waitLine('Too many requests.', seconds)).toBe(`Too many requests: trying again in ${words}.`);
});
