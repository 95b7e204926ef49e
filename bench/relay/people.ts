import type { Stack } from '#local/stack/running-stack.ts';
import type { Question } from '../harness/ask.ts';
import { password } from '../harness/credentials.ts';
import { registerMany, type Person } from '../harness/people.ts';
import { post, send } from '../harness/stack.ts';

export const sampleKey = 'sk-ant-api03-0123456789abcdefghijABCDEFGHIJ-wxyz';

/** A user who may use the relay and has a key for Claude. */
export interface Holder extends Person {
  /** Access token for the relay, good for ten minutes. */
  token: string;
}

/** Registers people, lets an administrator mark their mailboxes as verified, and stores a key for each. */
export async function registerHolders(stack: Stack, count: number): Promise<Person[]> {
  const people = await registerMany(stack, count);
  const admin = await post<{ session: { token: string } }>(stack, '/v1/sessions', {
    login: 'admin@example.com',
    password,
    transport: 'token',
  });
  for (const { user, session } of people) {
    await send(stack, 'PATCH', `/v1/admin/users/${user.id}`, { emailVerified: true }, admin.session.token);
    await send(stack, 'PUT', '/v1/keys/claude', { key: sampleKey }, session.token);
  }
  return people;
}

/** Gives each a new token. */
export const withTokens = (stack: Stack, people: readonly Person[]): Promise<Holder[]> =>
  Promise.all(
    people.map(async (person) => {
      const { token } = person.session;
      const answer = await post<{ token: string }>(stack, '/v1/tokens', { audience: 'relay' }, token);
      return { ...person, token: answer.token };
    }),
  );

/** A question to Claude as its clients send it: to the relay with a token, or to the stand-in with a key. */
export const questionAt = (base: string, token: string, more: Partial<Question> = {}): string => {
  const body = {
    model: 'claude-sonnet-5',
    max_tokens: 64,
    stream: true,
    messages: [{ role: 'user', content: 'What is a latchkey?' }],
  };
  const question: Question = {
    url: `${base}/claude/v1/messages`,
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': token },
    body: JSON.stringify(body),
    ...more,
  };
  return JSON.stringify(question);
};
