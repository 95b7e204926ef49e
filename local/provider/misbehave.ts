import { Refusal, type Dialect, type ProviderAnswer } from './answer.ts';
import type { Behaviour } from './behaviours.ts';

const messages: Readonly<Record<number, string>> = {
  400: 'The request is invalid.',
  403: 'Your API key does not have permission to use the specified resource.',
  404: 'The requested resource could not be found.',
  429: 'Rate limit reached: try again later.',
  500: 'Internal server error',
  503: 'The engine is currently overloaded, please try again later',
  529: 'Overloaded',
};

const asText = (answer: ProviderAnswer): string => answer.parts.join('');

/** The answer that a behaviour puts in place of the good one; undefined if the good one is sent, perhaps disturbed. */
export function insteadOf(
  behaviour: Behaviour | undefined,
  dialect: Dialect,
  key: string,
  errorAnswer: (refusal: Refusal) => ProviderAnswer,
): ProviderAnswer | undefined {
  if (behaviour?.kind === 'garbage-body')
    return { status: 200, headers: { 'content-type': 'application/json' }, parts: ['<html>no JSON'] };
  if (behaviour?.kind === 'redirect')
    return { status: 302, headers: { location: behaviour.location }, parts: [] };
  if (behaviour?.kind === 'error') {
    const { status, retryAfter } = behaviour;
    const answer = errorAnswer(
      status === 401 ? dialect.unknownKey(key) : new Refusal(status, messages[status] ?? ''),
    );
    if (status !== 429) return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
  }
  if (behaviour?.kind !== 'echo-key') return undefined;
  const answer = errorAnswer(new Refusal(behaviour.status, `The key ${key} is not good enough.`));
  const text = asText(answer);
  const within = text.indexOf(key) + Math.floor(key.length / 2);
  const echo = { 'anthropic-echo': key, 'openai-echo': key, 'request-id': key, 'x-request-id': key };
  return {
    ...answer,
    headers: { ...answer.headers, ...echo },
    parts: [text.slice(0, within), text.slice(within)],
  };
}
