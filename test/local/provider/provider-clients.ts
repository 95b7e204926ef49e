import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import OpenAI, { type ClientOptions as OpenAIOptions } from 'openai';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startProvider, type Provider } from '#local/provider/provider.ts';

export const noon = Date.UTC(2026, 10, 20, 12);
export const claudeKey = 'sk-ant-api03-0123456789abcdefghijklmnopqrstuvwxyz';
export const chatgptKey = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';

/** A stand-in for all tests of a file. Behaviours and records start afresh with each test. */
export function useProvider(): () => Provider {
  let provider: Provider | undefined;
  beforeAll(async () => void (provider = await startProvider(() => noon)));
  beforeEach(() => provider?.clear());
  afterAll(() => provider?.stop());
  return () => provider!;
}

/** The official clients, unchanged but without retries, so that a test sees the first answer. */
export const anthropic = ({ url }: Provider, options: ClientOptions = {}): Anthropic =>
  new Anthropic({ baseURL: `${url}/claude`, apiKey: claudeKey, maxRetries: 0, ...options });

export const openai = ({ url }: Provider, options: OpenAIOptions = {}): OpenAI =>
  new OpenAI({ baseURL: `${url}/chatgpt/v1`, apiKey: chatgptKey, maxRetries: 0, ...options });

export const messages = [
  { role: 'user' as const, content: 'Good morning' },
  { role: 'assistant' as const, content: 'Good morning!' },
  { role: 'user' as const, content: '今日は "quoted" 🗝' },
];
export const toClaude = { model: 'claude-opus-5-5', max_tokens: 100, messages };
export const toChatgpt = { model: 'gpt-6', messages };

/** The stand-in's answer to `messages` for either provider. */
export const replyOf = (title: string): string =>
  `This is a stand-in for ${title}. You said: 今日は "quoted" 🗝`;

/** One call without the official client. The key is in the header that the provider reads. */
export const callClaude = (
  { url }: Provider,
  init: RequestInit & { body?: string } = {},
  path = '/v1/messages',
) =>
  fetch(`${url}/claude${path}`, {
    method: 'POST',
    redirect: 'manual',
    ...init,
    headers: { 'x-api-key': claudeKey, 'anthropic-version': '2023-06-01', ...init.headers },
    body: init.body ?? JSON.stringify(toClaude),
  });

/** All items, in order. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The error with which a call fails. @throws if it does not fail */
export const failureOf = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => Promise.reject(new Error('it did not fail')),
    (reason: unknown) => reason,
  );
