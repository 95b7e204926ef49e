import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered, type Sent } from '../http/http.ts';
import { mailedGuest, type SignedIn } from '../people/people.ts';
import { putKey } from './keys.ts';

/** Keys in the right format. They work at the stand-in only. */
export const sampleKeys = {
  claude: 'sk-ant-api03-0123456789abcdefghijABCDEFGHIJ-wxyz',
  chatgpt: 'sk-proj-0123456789abcdefghijABCDEFGHIJ_wxyz',
};
type ServiceName = keyof typeof sampleKeys;

export async function relayToken(stack: Stack, { session: { token } }: SignedIn): Promise<string> {
  const answer = await send<{ token: string }>(stack, 'POST', '/v1/tokens', {
    json: { audience: 'relay' },
    token,
  });
  if (answer.status !== 201) throw new Error(`token-create answered ${answer.status} ${answer.text}`);
  return answer.json.token;
}

export async function storeKey(
  stack: Stack,
  who: SignedIn,
  service: ServiceName,
  key = sampleKeys[service],
): Promise<void> {
  const answer = await putKey(stack, who, { key }, service);
  if (answer.status !== 200) throw new Error(`key-put answered ${answer.status} ${answer.text}`);
}

/** A user with a proven mailbox and a key for each service. */
export async function keyHolder(stack: Stack, admin: SignedIn): Promise<SignedIn> {
  const who = await mailedGuest(stack, admin);
  await storeKey(stack, who, 'claude');
  await storeKey(stack, who, 'chatgpt');
  return who;
}

export const claudeClient = (stack: Stack, apiKey: string, maxRetries = 0): Anthropic =>
  new Anthropic({ apiKey, baseURL: `${stack.relay}/claude`, maxRetries });

export const chatgptClient = (stack: Stack, apiKey: string, maxRetries = 0): OpenAI =>
  new OpenAI({ apiKey, baseURL: `${stack.relay}/chatgpt/v1`, maxRetries });

/** A question as Anthropic's clients ask it. */
export const question = {
  model: 'claude-sonnet-5',
  max_tokens: 64,
  messages: [{ role: 'user' as const, content: 'What is a latchkey?' }],
};

/** One HTTP request to the relay. */
export const relayed = <Body>(
  stack: Stack,
  method: string,
  path: string,
  sent: Sent = {},
): Promise<Answered<Body>> => send<Body>(stack, method, path, { base: stack.relay!, ...sent });

/** An error of the relay, in Claude's form. */
export interface ClaudeError {
  type: 'error';
  error: { type: string; message: string; code?: string };
  request_id: string;
}

/** The question, asked by plain HTTP. */
export const ask = (
  stack: Stack,
  token: string | undefined,
  sent: Sent = {},
): Promise<Answered<ClaudeError>> =>
  relayed<ClaudeError>(stack, 'POST', '/claude/v1/messages', {
    json: question,
    ...sent,
    headers: { 'anthropic-version': '2023-06-01', ...(token && { 'x-api-key': token }), ...sent.headers },
  });

interface Standing {
  limit: number;
  used: number;
  remaining: number;
  resetsAt: string | null;
}

/** A user's limits, and how much of each is used. */
export const quotaOf = async (stack: Stack, { session: { token } }: SignedIn) =>
  (await send<Record<'requests' | 'questions', Standing>>(stack, 'GET', '/v1/quota', { token })).json;
