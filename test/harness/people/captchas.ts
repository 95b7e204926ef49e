import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Stack } from '#local/stack/running-stack.ts';
import { send } from '../http/http.ts';

/** A fresh challenge. */
export const challenge = async (stack: Stack): Promise<Challenge> =>
  (await send<Challenge>(stack, 'GET', '/v1/captcha')).json;

/** What ALTCHA's own solver makes of a challenge. */
export async function solutionOf(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('the solver gave up');
  return solution;
}

/** As ALTCHA's widget puts it into a form. */
export const payloadOf = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64');

/** A captcha that a stack has made and somebody has solved; a third of a second of work. */
export async function solvedCaptcha(stack: Stack): Promise<string> {
  const made = await challenge(stack);
  return payloadOf({ challenge: made, solution: await solutionOf(made) });
}
