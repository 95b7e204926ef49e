import type { IncomingHttpHeaders } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { type SignedIn } from '../harness/people/people.ts';
import {
  chatgptClient,
  claudeClient,
  keyHolder,
  question,
  relayed,
  relayToken,
  sampleKeys,
} from '../harness/relay/relay.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await keyHolder(stack(), admin);
  token = await relayToken(stack(), who);
});
const lastCall = () => stack().provider.requests().at(-1)!;

/** The same request sent to the stand-in itself, with the key. */
const direct = (method: string, path: string, json: object, headers: Record<string, string>) =>
  send<unknown>(stack(), method, path, { base: stack().provider.url, json, headers });

test('200 R1.8: the sample event is answered by the provider, with the stored key', async () => {
  const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01' };
  const answer = await sendEvent(stack(), 'relay', { base: stack().relay!, headers });
  expect(answer).toMatchObject({ status: 200, json: { type: 'message', role: 'assistant' } });
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(lastCall()).toMatchObject({ service: 'claude', method: 'POST', path: '/v1/messages' });
});

test("200 R1.8: Anthropic's client, unmodified, streams an answer and gets a whole one", async () => {
  const client = claudeClient(stack(), token);
  const events: string[] = [];
  const stream = client.messages.stream(question).on('streamEvent', ({ type }) => void events.push(type));
  const streamed = await stream.finalMessage();
  const whole = await client.messages.create(question);
  expect(streamed.content).toEqual(whole.content);
  expect(JSON.stringify(whole.content)).toContain('What is a latchkey?');
  expect(events[0]).toBe('message_start');
  expect(events.at(-1)).toBe('message_stop');
});

test("200 R1.8: Anthropic's client counts tokens and lists models", async () => {
  const client = claudeClient(stack(), token);
  const { max_tokens: _, ...counted } = question;
  expect((await client.messages.countTokens(counted)).input_tokens).toBeGreaterThan(0);
  const { data } = await client.models.list({ limit: 2 });
  expect(data.length).toBeGreaterThan(0);
  expect(lastCall()).toMatchObject({ method: 'GET', path: '/v1/models?limit=2' });
});

test("200 R1.8: OpenAI's client, unmodified, streams chats and responses and gets whole ones", async () => {
  const client = chatgptClient(stack(), token);
  const model = 'gpt-5';
  const messages = question.messages;
  let text = '';
  for await (const { choices } of await client.chat.completions.create({ model, messages, stream: true }))
    text += choices[0]?.delta.content ?? '';
  const whole = await client.chat.completions.create({ model, messages });
  expect(text).toBe(whole.choices[0]!.message.content);
  expect(text).toContain('What is a latchkey?');

  let spoken = '';
  for await (const event of await client.responses.create({ model, input: 'And a key?', stream: true }))
    if (event.type === 'response.output_text.delta') spoken += event.delta;
  expect(spoken).toBe((await client.responses.create({ model, input: 'And a key?' })).output_text);
  expect((await client.models.list()).data.length).toBeGreaterThan(0);
});

test.each([false, true])('200 R1.8: body and answer pass byte for byte, streamed: %s', async (stream) => {
  const json = { ...question, stream, metadata: { user_id: '花子 "quoted" \u2028 é' } };
  const [version, key] = [{ 'anthropic-version': '2023-06-01' }, sampleKeys.claude];
  const mine = await relayed(stack(), 'POST', '/claude/v1/messages?beta=true', {
    json,
    headers: { ...version, 'x-api-key': token },
  });
  const sent = lastCall();
  const theirs = await direct('POST', '/claude/v1/messages?beta=true', json, {
    ...version,
    'x-api-key': key,
  });
  expect(mine.text).toBe(theirs.text);
  expect(mine.headers['content-type']).toBe(theirs.headers['content-type']);
  expect(sent.path).toBe('/v1/messages?beta=true');
  expect(sent.body).toBe(JSON.stringify(json));
});

test('200: the token is as good in Authorization as in x-api-key, for either service', async () => {
  for (const path of ['/claude/v1/models', '/chatgpt/v1/models'])
    for (const headers of [{ authorization: `Bearer ${token}` }, { 'x-api-key': token }]) {
      const answer = await relayed(stack(), 'GET', path, {
        headers: { ...headers, 'anthropic-version': '2023-06-01' },
      });
      expect(answer.status, `${path} ${Object.keys(headers)[0]}`).toBe(200);
    }
});

test.each([
  [
    'a key of another tool in Authorization',
    (good: string) => ({ authorization: 'Bearer sk-other', 'x-api-key': good }),
  ],
  [
    'a key of another tool in x-api-key',
    (good: string) => ({ authorization: `Bearer ${good}`, 'x-api-key': 'sk-ant-1' }),
  ],
  ['somebody else’s JWT', (good: string) => ({ authorization: `Bearer e30.e30.e30`, 'x-api-key': good })],
  ['a password for a proxy', (good: string) => ({ authorization: 'Basic dXNlcjpwYXNz', 'x-api-key': good })],
  [
    'another before it in the same header',
    (good: string) => ({ authorization: `Bearer sk-other, Bearer ${good}` }),
  ],
  ['the name of the scheme', (good: string) => ({ 'x-api-key': `Bearer ${good}` })],
])('200 C77: beside %s, the good token is taken', async (_, headersOf) => {
  const headers = { ...headersOf(token), 'anthropic-version': '2023-06-01' };
  expect((await relayed(stack(), 'GET', '/claude/v1/models', { headers })).status).toBe(200);
  expect(lastCall().headers['x-api-key']).toBe(sampleKeys.claude);
  expect(lastCall().headers['authorization']).toBeUndefined();
});

test('200 C77: the token is as good in the header of the service, such as Azure’s, and stays with us', async () => {
  const got: IncomingHttpHeaders[] = [];
  const baseUrl = await listenAt(({ headers }, response) => {
    got.push(headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  stack().deploy(servicesWith({ chatgpt: { baseUrl, header: 'api-key', scheme: '' } }));
  const headers = { 'api-key': token };
  expect((await relayed(stack(), 'GET', '/chatgpt/v1/models', { headers })).status).toBe(200);
  expect(got).toMatchObject([{ 'api-key': sampleKeys.chatgpt }]);
  expect(JSON.stringify(got)).not.toContain(token);
  expect((await relayed(stack(), 'GET', '/claude/v1/models', { headers })).status).toBe(401);
});

test('R1.8: what Anthropic’s clients send and read passes for each service of that form', async () => {
  const got: IncomingHttpHeaders[] = [];
  const baseUrl = await listenAt(({ headers }, response) => {
    got.push(headers);
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' }).end('{}');
  });
  stack().deploy(servicesWith({ claude: { baseUrl, headers: [] } }));
  const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01', 'anthropic-beta': 'b' };
  const answer = await relayed(stack(), 'GET', '/claude/v1/models', { headers });
  expect(got).toMatchObject([{ 'anthropic-version': '2023-06-01', 'anthropic-beta': 'b' }]);
  expect(answer.headers['request-id']).toBe('req_1');
});

test('200 C77: of two tokens of ours the one whose session still holds is taken', async () => {
  const leaving = await keyHolder(stack(), admin);
  const gone = await relayToken(stack(), leaving);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: leaving.session.token });
  const headers = { authorization: `Bearer ${gone}`, 'x-api-key': token, 'anthropic-version': '2023-06-01' };
  expect((await relayed(stack(), 'GET', '/claude/v1/models', { headers })).status).toBe(200);
});

test('R1.8: the provider gets the stored key and what its clients send, and nothing of ours', async () => {
  await relayed(stack(), 'POST', '/chatgpt/v1/chat/completions', {
    json: { model: 'gpt-5', messages: question.messages },
    token,
    cookies: { '__Host-session': who.session.token },
    headers: {
      'openai-organization': 'org-1',
      'anthropic-beta': 'of-the-other-service',
      'x-stainless-lang': 'js',
      'x-api-key': 'something else',
      'accept-encoding': 'gzip',
      'x-forwarded-for': '203.0.113.9',
      origin: 'https://app.example.com',
      dpop: 'proof',
    },
  });
  const { headers } = lastCall();
  expect(headers).toMatchObject({
    authorization: `Bearer ${sampleKeys.chatgpt}`,
    'openai-organization': 'org-1',
    'x-stainless-lang': 'js',
    'accept-encoding': 'identity',
  });
  const others = [
    'cookie',
    'anthropic-beta',
    'x-api-key',
    'x-forwarded-for',
    'origin',
    'dpop',
    'x-amzn-trace-id',
  ];
  for (const name of others) expect(headers, name).not.toHaveProperty(name);
  expect(JSON.stringify(headers)).not.toContain(token);
});

test('R1.2: use is seen at the key, and each decryption in the ledger of its owner alone', async () => {
  const other = await keyHolder(stack(), admin);
  const uses = async ({ session }: SignedIn, service: string) =>
    (
      await send<{ items: { call: string; at: string; address: string; model: string | null }[] }>(
        stack(),
        'GET',
        `/v1/keys/${service}/uses`,
        { token: session.token },
      )
    ).json.items;
  const before = (await uses(who, 'claude')).length;
  await claudeClient(stack(), token).messages.create(question);
  const [latest, ...rest] = await uses(who, 'claude');
  const { model } = question;
  expect(latest).toMatchObject({ call: 'POST /v1/messages', address: '127.0.0.1', model, status: 200 });
  expect(rest).toHaveLength(before);
  expect(await uses(other, 'claude')).toEqual([]);
  const { json } = await send<{ items: { service: string; lastUsedAt: string | null }[] }>(
    stack(),
    'GET',
    '/v1/keys',
    { token: who.session.token },
  );
  expect(json.items.find(({ service }) => service === 'claude')!.lastUsedAt).toBe(latest!.at);
});
