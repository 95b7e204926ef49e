import type { ServerResponse } from 'node:http';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
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

/** The answer that the provider is giving. */
let provider: Promise<ServerResponse>;
beforeEach(async () => {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  provider = promise;
  const baseUrl = await listenAt((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'Text/Event-Stream; charset=utf-8' });
    response.flushHeaders();
    resolve(response);
  });
  stack().deploy({ ...servicesWith({ claude: { baseUrl }, chatgpt: { baseUrl } }), userQuestions: 1_000 });
});

const ask = (path: string) =>
  fetch(`${stack().relay}${path}`, {
    method: 'POST',
    headers: { 'x-api-key': token, 'content-type': 'application/json' },
    body: JSON.stringify({ ...relay.question, stream: true }),
  });

/** Sends each part after the caller has received the one before. Returns all that the caller received. */
async function passed(path: string, parts: readonly string[]): Promise<string> {
  const reader = (await ask(path)).body!.pipeThrough(new TextDecoderStream()).getReader();
  const response = await provider;
  let text = '';
  for (const [n, part] of parts.entries()) {
    response.write(part);
    const sent = parts.slice(0, n + 1).join('');
    while (text.length < sent.length) text += (await reader.read()).value ?? '';
    expect(text).toBe(sent);
  }
  response.end();
  for (let rest = await reader.read(); !rest.done; rest = await reader.read()) text += rest.value;
  return text;
}

const used = async () => {
  const { requests, questions } = await relay.quotaOf(stack(), who);
  return [requests.used, questions.used];
};

const overloaded =
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n';
test.each([
  ['lone comment lines', [': keep-alive\n', ': keep-alive\r\n', ':\r', 'data: 1\n\n', ':\n', 'data: 2\n\n']],
  ['comments behind an event', ['data: 1\n\n: ping\n', ': ping\n\n', 'data: 2\n\n']],
  ['events ended by CR', ['data: 1\r\r', 'event: a\rdata: 2\r\r', ': x\r', 'data: 3\r\r']],
  ['mixed line ends', ['data: 1\r\n\n', 'data: 2\n\r\n', 'data: 3\r\r\n', 'data: 4\n\r', 'data: 5\r\n\r\n']],
  ['a line end in two parts', ['data: 1\r\n\r', '\n', 'data: 2\r\n\r\n']],
  ['an error of Claude', ['event: message_start\ndata: {"type":"message_start"}\n\n', overloaded]],
  [
    'an error of ChatGPT',
    ['data: {"choices":[]}\n\n', 'data: {"error":{"message":"x","code":"y"}}\n\n', 'data: [DONE]\n\n'],
  ],
  ['an error at once', [overloaded]],
])('C78: %s pass as they come, and the call is counted once', async (name, parts) => {
  const before = await used();
  const path = name.endsWith('ChatGPT') ? '/chatgpt/v1/chat/completions' : '/claude/v1/messages';
  expect(await passed(path, parts)).toBe(parts.join(''));
  await expect.poll(used).toEqual(before.map((count) => count + 1));
});
