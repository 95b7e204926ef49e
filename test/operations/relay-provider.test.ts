import { APIError as ClaudeError } from '@anthropic-ai/sdk';
import { APIError as ChatError, InternalServerError } from 'openai';
import { builtInServices } from '#shared/deployment/built-in-services.ts';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { firstAdmin, type SignedIn } from '../harness/people/people.ts';
import { send } from '../harness/http/http.ts';
import * as relay from '../harness/relay/relay.ts';
import { serveBytes, servicesWith } from '../harness/relay/provider-server.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await relay.keyHolder(stack(), await firstAdmin(stack()));
  token = await relay.relayToken(stack(), who);
});
const unbounded = { userRequests: 1_000, userQuestions: 1_000 };
beforeEach(() => stack().deploy(unbounded));
type Behave = ReturnType<typeof stack>['provider']['behave'];
const behave: Behave = (list) => stack().provider.behave(list);
/** Limits the provider's silence: 1 s if it only hangs, else 5 s, because a busy machine may answer slowly. */
const fallSilent: Behave = (list) => {
  // If bytes come first, a busy machine must not reach the limit by itself.
  const relaySilenceSeconds = list.every(({ kind }) => kind === 'hang') ? 1 : 5;
  stack().deploy({ ...unbounded, relaySilenceSeconds });
  behave(list);
};
const streamed = () => relay.ask(stack(), token, { json: { ...relay.question, stream: true } });
const key = relay.sampleKeys.claude;

test('504 C58: a provider that never answers costs its time and no more, and is told as such', async () => {
  fallSilent([{ kind: 'hang' }]);
  const answer = await relay.ask(stack(), token);
  expect(answer).toMatchObject({
    status: 504,
    json: {
      error: { type: 'timeout_error', code: 'provider_silent', message: expect.stringContaining('Claude') },
    },
  });
});

test('504 C58: OpenAI’s client throws its own error when ChatGPT never answers', async () => {
  fallSilent([{ kind: 'hang' }]);
  const asked = relay.chatgptClient(stack(), token).models.list();
  await expect(asked).rejects.toBeInstanceOf(InternalServerError);
  await expect(asked).rejects.toMatchObject({ status: 504, code: 'provider_silent' });
});

test('504 C58: a silent provider is asked once, as it may charge each answer: the clients do not repeat the call', async () => {
  stack().provider.clear();
  fallSilent([{ kind: 'hang' }]);
  const asked = relay.claudeClient(stack(), token, 2).messages.create(relay.question);
  await expect(asked).rejects.toMatchObject({ status: 504 });
  expect(stack().provider.requests()).toHaveLength(1);
});

test('C58: a stream of OpenAI’s Responses API ends with an error event of that API, which its client throws', async () => {
  const json = { model: 'gpt-5', input: 'What is a latchkey?', stream: true as const };
  behave([{ kind: 'cut' }]);
  const { text } = await relay.relayed(stack(), 'POST', '/chatgpt/v1/responses', { json, token });
  const [, data] = /\n\nevent: error\ndata: (.*)\n\n$/.exec(text)!;
  const message = expect.stringContaining('ChatGPT') as string;
  const told = { message, code: 'provider_unreachable', param: null };
  expect(JSON.parse(data!)).toEqual({
    ...told,
    type: 'error',
    sequence_number: 0,
    error: { ...told, type: 'server_error' },
    request_id: expect.any(String),
  });
  const spoken = async () => {
    for await (const _ of await relay.chatgptClient(stack(), token).responses.create(json));
  };
  const asked = spoken();
  await expect(asked).rejects.toBeInstanceOf(ChatError);
  await expect(asked).rejects.toMatchObject(told);
});

test.each(['hang-after', 'cut'] as const)(
  'C58: %s in a stream of events ends it with an error event, which both clients throw',
  async (kind) => {
    fallSilent([{ kind }]);
    const claude = relay.claudeClient(stack(), token).messages.stream(relay.question).finalMessage();
    const chat = async () => {
      const client = relay.chatgptClient(stack(), token);
      const chunks = await client.chat.completions.create({
        model: 'gpt-5',
        messages: relay.question.messages,
        stream: true,
      });
      for await (const _ of chunks);
    };
    // In parallel, because each one waits until the provider has been silent for too long.
    const [{ status, text }] = await Promise.all([
      streamed(),
      expect(claude).rejects.toBeInstanceOf(ClaudeError),
      expect(chat()).rejects.toBeInstanceOf(ChatError),
    ]);
    expect(status).toBe(200);
    const [, data] = /\n\nevent: error\ndata: (.*)\n\n$/.exec(text)!;
    expect(JSON.parse(data!)).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('Claude') },
    });
  },
);

test.each(['hang-after', 'cut'] as const)(
  'C57 C58: %s in a stream of events says that the call counts, as it does, and asked again is another one',
  async (kind) => {
    const used = async () => (await relay.quotaOf(stack(), who)).questions.used;
    const before = await used();
    fallSilent([{ kind }]);
    const { text } = await streamed();
    expect(text).toContain('it counts');
    expect(text).not.toContain('not counted twice');
    expect(await used()).toBe(before + 1);
  },
);

test.each(['hang-after', 'cut'] as const)(
  'C58: %s in another body breaks it off, so that no part is taken for the whole',
  async (kind) => {
    fallSilent([{ kind }]);
    await expect(relay.ask(stack(), token)).rejects.toThrow(/aborted|hang up|closed/);
  },
);

test.each(['refuse', 'garbage'] as const)('502 C58: %s is told in the form of the service', async (kind) => {
  behave([{ kind }]);
  expect(await relay.ask(stack(), token)).toMatchObject({
    status: 502,
    json: { type: 'error', error: { type: 'api_error', code: 'provider_unreachable' } },
  });
});

/** Leads Claude's calls to a provider that answers with these bytes. */
async function answeredBy(bytes: string): Promise<void> {
  const baseUrl = await serveBytes(bytes);
  stack().deploy(servicesWith({ claude: { baseUrl } }));
}

test.each([
  ['switches protocols', 'HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n'],
  ['has a status of its own', 'HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n'],
  ['says that nothing has changed', 'HTTP/1.1 304 X\r\n\r\n'],
  [
    'compresses what nobody asked for',
    'HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n',
  ],
])('502 C58: a provider that %s is one whose answer cannot be read', async (_, bytes) => {
  await answeredBy(bytes);
  expect(await relay.ask(stack(), token)).toMatchObject({
    status: 502,
    json: { error: { code: 'provider_unreachable' } },
  });
});

test.each([
  ['503', '\n'],
  ['200', '\n'],
  ['204', ''],
])('C58: an answer of %s without a byte of body ends, as %j', async (status, text) => {
  const length = status === '204' ? '' : 'Content-Length: 0\r\n';
  await answeredBy(`HTTP/1.1 ${status} X\r\n${length}\r\n`);
  const answer = await fetch(`${stack().relay}/claude/v1/models`, { headers: { 'x-api-key': token } });
  expect([String(answer.status), await answer.text()]).toEqual([status, text]);
});

test('C58: a stream that is cut within an event tells of it all the same', async () => {
  const head = 'HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
  const event = 'event: ping\ndata: {"type":"ping"}\n\ndata: {"type":"content_blo';
  await answeredBy(`${head}${event.length.toString(16)}\r\n${event}\r\n`);
  const claude = relay.claudeClient(stack(), token).messages.stream(relay.question).finalMessage();
  await expect(claude).rejects.toMatchObject({ error: { error: { code: 'provider_unreachable' } } });
});

test('C58: a caller who takes their time is not taken for a silent provider', async () => {
  fallSilent([{ kind: 'stream', bytes: 20_000_000, times: 1 }, { kind: 'hang' }]);
  const answer = await fetch(`${stack().relay}/claude/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': token, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({ ...relay.question, stream: true }),
  });
  const reader = answer.body!.getReader();
  await reader.read();
  // Meanwhile other calls wait for the full time of a provider's silence, twice.
  for (const _ of [1, 2]) expect((await relay.ask(stack(), token)).status).toBe(504);
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  expect(bytes).toBeGreaterThan(19_000_000);
});

test('R1.6: a provider that is not there is told the same way, and the call is given back', async () => {
  const used = async () => (await relay.quotaOf(stack(), who)).requests.used;
  const before = await used();
  const claude = { ...builtInServices['claude']!, baseUrl: 'http://127.0.0.1:9' };
  stack().deploy({ services: { claude } });
  expect(await relay.ask(stack(), token)).toMatchObject({
    status: 502,
    json: { error: { code: 'provider_unreachable' } },
  });
  expect(await used()).toBe(before);
});

test('200 C58: a body that is no JSON passes as it is', async () => {
  behave([{ kind: 'garbage-body' }]);
  const answer = await fetch(`${stack().relay}/chatgpt/v1/models`, { headers: { 'x-api-key': token } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('<html>no JSON');
});

test('502 R1.8: a redirect is not followed, neither by us nor by the caller', async () => {
  const location = `${stack().inbox}/mails`;
  behave([{ kind: 'redirect', location }]);
  const answer = await relay.ask(stack(), token);
  expect(answer.status).toBe(502);
  expect(answer.headers['location']).toBeUndefined();
});

test.each([400, 401, 403, 404, 429, 500, 529] as const)(
  "%d: the provider's own errors keep their form",
  async (status) => {
    behave([{ kind: 'error', status }]);
    const mine = await relay.ask(stack(), token);
    expect(mine.status).toBe(status);
    expect(mine.json).toMatchObject({ type: 'error', error: { type: expect.any(String) } });
    expect(mine.json.error.code).toBeUndefined();
    expect(mine.headers['retry-after']).toBe(status === 429 ? '7' : undefined);
    expect(mine.headers['request-id']).toEqual(expect.any(String));
  },
);

test.each([
  ['200', [], 200],
  ['429', [{ kind: 'error', status: 429 }], 429],
  ['a redirect, which is none', [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }], null],
] as const)('R7.4: the key’s owner sees what the provider answered: %s', async (_, behaviour, status) => {
  behave([...behaviour]);
  await relay.ask(stack(), token);
  await stack().settle();
  const { json } = await send<{ items: object[] }>(stack(), 'GET', '/v1/keys/claude/uses?limit=1', {
    token: who.session.token,
  });
  expect(json.items).toEqual([expect.objectContaining({ model: relay.question.model, status })]);
});

test('C58 C54: a provider that repeats the key tells it to nobody, in headers, bodies and across two parts', async () => {
  behave([{ kind: 'echo-key' }]);
  const { status, text, headers } = await relay.ask(stack(), token);
  expect(status).toBe(401);
  expect(text).not.toContain(key);
  expect(text).toContain('*'.repeat(key.length));
  expect(JSON.stringify(headers)).not.toContain(key);
});

test('C58: in no case is the key in the log', () => {
  const logs = stack()
    .logs()
    .map(({ text }) => text)
    .join('');
  expect(logs).toContain('relay.answered');
  expect(logs).not.toContain(key);
  expect(logs).not.toContain(token);
});

test('C58: a caller who leaves costs the provider nothing more than its answer, and the call is concluded', async () => {
  const used = async () => (await relay.quotaOf(stack(), who)).questions.used;
  const before = await used();
  stack().provider.clear();
  behave([{ kind: 'stream', bytes: 5_000_000 }]);
  const leaving = new AbortController();
  const answer = await fetch(`${stack().relay}/claude/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': token, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify(relay.question),
    signal: leaving.signal,
  });
  expect(answer.status).toBe(200);
  leaving.abort();
  await expect
    .poll(async () =>
      (await stack().dumpTables())['quotas']!.map((row) => JSON.stringify(row['underWay'] ?? {})),
    )
    .toEqual(['{"M":{}}']);
  const cost = { asked: stack().provider.requests().length, counted: (await used()) - before };
  expect(cost).toEqual({ asked: 1, counted: 1 });
});
