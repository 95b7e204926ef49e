import type { IncomingHttpHeaders } from 'node:http';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { byProxy, proxySecrets, proxyWith } from '../harness/http/proxy.ts';
import { send } from '../harness/http/http.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { prove } from '../harness/people/devices.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { ask, keyHolder, relayed, relayToken, question, type ClaudeError } from '../harness/relay/relay.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await keyHolder(stack(), admin);
  token = await relayToken(stack(), who);
});
beforeEach(() => stack().deploy({ proxy: proxyWith({ relay: true }) }));

const headers = byProxy('203.0.113.7');
/** A question as CloudFront passes it on from `/relay/` of the origin. */
const askBelow = (more: Record<string, string> = headers, path = '/relay/claude/v1/messages') =>
  relayed<ClaudeError>(stack(), 'POST', path, {
    json: question,
    headers: { 'anthropic-version': '2023-06-01', 'x-api-key': token, ...more },
  });

test('200 R8.1 R1.8: below the origin, the relay answers as at its own address, streamed', async () => {
  const answer = await askBelow();
  expect({ status: answer.status, type: answer.json }).toMatchObject({
    status: 200,
    type: { type: 'message' },
  });
  const streamed = await relayed(stack(), 'POST', '/relay/claude/v1/messages', {
    json: { ...question, stream: true },
    headers: { 'anthropic-version': '2023-06-01', 'x-api-key': token, ...headers },
  });
  expect(streamed.headers['content-type']).toContain('text/event-stream');
  expect(streamed.text).toContain('event: message_stop');
  expect(
    stack()
      .provider.requests()
      .map(({ path }) => path),
  ).toEqual(['/v1/messages', '/v1/messages']);
});

test('403 R8.1 C29: past the proxy it is closed, in the form that the provider’s clients read', async () => {
  for (const more of [{}, byProxy('203.0.113.7', 'wrong'), { 'x-forwarded-for': '203.0.113.7' }]) {
    const { status, json } = await askBelow(more);
    expect({ status, json }).toMatchObject({
      status: 403,
      json: { type: 'error', error: { code: 'misdirected' } },
    });
    expect(json.error.message).toContain(`${stack().app}/relay`);
  }
  expect(stack().provider.requests()).toEqual([]);
});

test('R8.1 C54: neither the proxy’s secret nor the client’s address reaches a provider, whatever headers a service lets pass', async () => {
  let seen: IncomingHttpHeaders = {};
  const baseUrl = await listenAt((call, response) => {
    seen = call.headers;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const claude = { baseUrl, headers: ['anthropic-*', 'x-*'] };
  stack().deploy({ proxy: proxyWith({ relay: true }), ...servicesWith({ claude }) });
  expect((await askBelow({ ...headers, 'x-other': 'passes' })).status).toBe(200);
  expect(seen).toMatchObject({ 'x-other': 'passes' });
  expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${proxySecrets.now}|203\\.0\\.113\\.7`));
});

test('C33: a device’s proof is made for the address that the caller knows, below the origin', async () => {
  stack().deploy({});
  const { signedIn: bound, device } = await boundUser(stack(), admin);
  const path = '/v1/tokens';
  const { token: session } = bound.session;
  const dpop = await prove(stack(), device, { method: 'POST', path, beside: session });
  const made = await send<{ token: string }>(stack(), 'POST', path, {
    json: { audience: 'relay' },
    token: session,
    headers: { dpop },
  });
  stack().deploy({ proxy: proxyWith({ relay: true }) });
  const beside = made.json.token;
  const call = async (htu: string) => {
    const proof = await prove(stack(), device, { method: 'POST', beside, claims: { htu } });
    return (await askBelow({ ...headers, 'x-api-key': beside, dpop: proof })).status;
  };
  // 422 shows that the proof passed and the call came to the key, which is not stored.
  expect(await call(`${stack().app}/relay/claude/v1/messages`)).toBe(422);
  expect(await call(`${stack().relay}/relay/claude/v1/messages`)).toBe(403);
});

test('R8.1: a proxy that does not lead to the relay changes nothing there', async () => {
  stack().deploy({ proxy: proxyWith() });
  expect((await ask(stack(), token)).status).toBe(200);
  expect((await askBelow()).status).toBe(404);
});
