import * as fc from 'fast-check';
import type { BehaviourRequest } from '#local/provider/behaviours.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import type { SignedIn } from '../../harness/people/people.ts';
import { question, relayToken } from '../../harness/relay/relay.ts';
import type { Change } from './changes.ts';
import { writeDown } from './draft.ts';
import { wrongHeaders } from './judge.ts';
import { anyText, anyValue } from './values.ts';
import { sendWire, type Answer } from './wire.ts';

const paths = [
  '/claude/v1/messages',
  '/claude/v1/messages/count_tokens',
  '/claude/v1/models',
  '/chatgpt/v1/chat/completions',
  '/chatgpt/v1/responses',
  '/chatgpt/v1/models',
  '/claude/v1/messages/../models',
  '/claude/%761/messages',
  '/claude//v1/messages',
  '/claude',
  '/__proto__/v1/messages',
  '/%ff',
  '/',
];
/** Names of fields and headers that a provider's client sends. */
const fields = ['model', 'max_tokens', 'messages', 'stream', 'input', 'tools', '__proto__', 'extra'];
const headers = [
  'accept',
  'accept-encoding',
  'anthropic-beta',
  'anthropic-version',
  'authorization',
  'connection-x',
  'content-encoding',
  'content-type',
  'dpop',
  'origin',
  'x-api-key',
  'x-forwarded-for',
  'x-stainless-retry-count',
];

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), name: fc.constantFrom(...fields), value: anyValue }),
  fc.record({ kind: fc.constant('drop' as const), name: fc.constantFrom(...fields) }),
  fc.record({
    kind: fc.constant('query' as const),
    name: fc.constantFrom('beta', 'limit', ''),
    value: anyText,
  }),
  fc.record({ kind: fc.constant('header' as const), name: fc.constantFrom(...headers), value: anyText }),
  fc.record({ kind: fc.constant('gzip' as const), isDeclared: fc.boolean() }),
  fc.record({
    kind: fc.constant('body' as const),
    text: fc.constantFrom('', '{', 'null', '[]', 'x'.repeat(300_000)),
  }),
  fc.record({
    kind: fc.constant('bytes' as const),
    at: fc.nat(100),
    removed: fc.nat(5),
    inserted: fc.array(fc.nat(255), { maxLength: 4 }),
  }),
);

export const relayRequests = fc.record({
  method: fc.oneof(
    { weight: 4, arbitrary: fc.constant('POST') },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE') },
  ),
  path: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...paths.slice(0, 6)) },
    { weight: 2, arbitrary: fc.constantFrom(...paths) },
  ),
  credentials: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('x-api-key', 'authorization') },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  isStreamed: fc.boolean(),
  changes: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(change, { maxLength: 3 }) },
  ),
});
type RelayRequest = typeof relayRequests extends fc.Arbitrary<infer Value> ? Value : never;

/** Ways in which a provider can misbehave during a call. A provider that hangs takes time, and has a test of its own. */
export const misbehaviours: fc.Arbitrary<BehaviourRequest> = fc.oneof(
  fc.record({ kind: fc.constantFrom('cut', 'refuse', 'garbage', 'garbage-body') }),
  fc.record({
    kind: fc.constant('error' as const),
    status: fc.constantFrom(400, 401, 403, 404, 429, 500, 503, 529),
  }),
  fc.record({ kind: fc.constant('echo-key' as const), status: fc.integer({ min: 400, max: 599 }) }),
  fc.record({ kind: fc.constant('stream' as const), bytes: fc.constantFrom(1, 1_000, 300_000) }),
);

/** Makes calls through the relay for a user. One access token serves all of them: its ten minutes are enough. */
export async function openRelay(stack: Stack, who: SignedIn) {
  const token = await relayToken(stack, who);
  return async ({
    method,
    path,
    credentials,
    isStreamed,
    changes,
  }: RelayRequest): Promise<Answer | 'cut'> => {
    const shown = credentials && {
      [credentials]: credentials === 'authorization' ? `Bearer ${token}` : token,
    };
    const draft = {
      method,
      path,
      headers: { 'anthropic-version': '2023-06-01', ...shown },
      ...(method === 'POST' && { json: { ...question, stream: isStreamed } }),
    };
    const wire = await writeDown(stack, draft, changes);
    // The relay can only break off an answer that has begun.
    return sendWire(stack.relay!, wire).catch((error: Error) => {
      if (/aborted|ECONNRESET|hang up/.test(String(error))) return 'cut' as const;
      throw error;
    });
  };
}

/** Mistakes in the relay's answer. `isWell`: the provider did nothing wrong. */
export function wrongInRelay(answer: Answer | 'cut', method: string, isWell: boolean): string[] {
  if (answer === 'cut') return isWell ? ['breaks off'] : [];
  const { status, headers, text } = answer;
  if (isWell && status >= 500) return [`answers ${status} ${text.slice(0, 200)}`];
  const isEmpty = method === 'HEAD' || method === 'OPTIONS' || status < 400;
  const isReadable = isEmpty || /json/.test(String(headers['content-type']));
  // The provider's client must be able to read it. If the provider answered, the request id is the provider's own.
  return [
    ...wrongHeaders(answer).filter((line) => !line.startsWith('cache-control')),
    ...(isReadable ? [] : ['an error is no JSON']),
  ];
}
