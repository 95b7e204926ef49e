import type { Problem } from '#shared/errors/problem.ts';
import type { Purpose } from '#shared/codes/mail-code.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered, type Sent } from '../http/http.ts';

type Asked = Answered<Problem & { flow: string }>;

/** Asks for a code, and returns any answer. */
export const askCode = (stack: Stack, purpose: Purpose, email: string, sent: Sent = {}): Promise<Asked> =>
  send(stack, 'POST', '/v1/codes', { json: { purpose, email }, ...sent });

/** The codes that were mailed to an address, oldest first. */
export async function codesOf(stack: Stack, address: string): Promise<string[]> {
  await stack.settle();
  return stack.mails(address).flatMap(({ text }) => /^[0-9A-HJKMNP-TV-Z]{6}$/m.exec(text) ?? []);
}

/** The last code that was mailed to an address. Waits for the mail. */
export async function codeOf(stack: Stack, address: string): Promise<string> {
  const code = (await codesOf(stack, address)).at(-1);
  if (code === undefined) throw new Error(`no code was mailed to ${address}`);
  return code;
}

/** A flow with its mailed code. */
export async function mailedCode(
  stack: Stack,
  purpose: Purpose,
  email: string,
  sent: Sent = {},
): Promise<{ flow: string; code: string }> {
  const { status, json, text } = await askCode(stack, purpose, email, sent);
  if (status !== 202) throw new Error(`asking for a code answered ${status} ${text}`);
  return { flow: json.flow, code: await codeOf(stack, email) };
}

/** A well-formed code other than this one. */
export const otherCode = (code: string): string => (code.startsWith('0') ? '1' : '0') + code.slice(1);
