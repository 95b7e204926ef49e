import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';

type Verdict = Problem & { valid: boolean };

/** Asks about a short code from an address. */
export const verifyCode = (
  stack: Stack,
  code: string,
  from: string,
  { language = 'en', captcha }: { language?: string; captcha?: string } = {},
): Promise<Answered<Verdict>> =>
  send(stack, 'POST', '/v1/invites/verify', {
    json: { code, captcha },
    from,
    headers: { 'accept-language': language },
  });

/** Whether a code is valid; the status if the code was not checked. */
export const verdictOf = ({ status, json }: Answered<Verdict>): boolean | number =>
  status === 200 ? json.valid : status;

let guesses = 0;

/** A well-formed code that belongs to no invite. */
export function wrongCode(): string {
  guesses += 1;
  return `ZZ${String(guesses).padStart(8, '0')}`;
}

/** Guesses wrong codes without a captcha, one after the other. */
export async function guess(stack: Stack, from: string, times: number): Promise<(boolean | number)[]> {
  const answers = [];
  for (let n = 0; n < times; n += 1) answers.push(verdictOf(await verifyCode(stack, wrongCode(), from)));
  return answers;
}
