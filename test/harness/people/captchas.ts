import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Stack } from '#local/stack/running-stack.ts';
import { makeChallenge, secretMessage } from '#shared/guards/captchas.ts';
import { encode } from '#shared/base64url.ts';
import { dayOf } from '#shared/calendar.ts';
import { second, toSeconds } from '#shared/clock.ts';
import { send } from '../http/http.ts';
import { insiderOf } from '../stack/insider.ts';

export const challenge = async (stack: Stack): Promise<Challenge> =>
  (await send<Challenge>(stack, 'GET', '/v1/captcha')).json;

/** The solution that ALTCHA's own solver finds for a challenge. */
export async function solutionOf(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('the solver gave up');
  return solution;
}

/** The form field's value as ALTCHA's widget encodes it. */
export const payloadOf = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64');

/** The secret of each day, by stack. */
const secrets = new WeakMap<Stack, Map<string, string>>();

/** The secret by which a stack signs the challenges of a day. */
async function secretOf(stack: Stack, day: string): Promise<string> {
  const known = secrets.get(stack) ?? new Map<string, string>();
  secrets.set(stack, known);
  const secret = known.get(day);
  if (secret !== undefined) return secret;
  const { config, kms } = insiderOf(stack);
  const Message = Buffer.from(secretMessage(day));
  const { Mac } = await kms.send(
    new GenerateMacCommand({ KeyId: config.key('codes'), MacAlgorithm: 'HMAC_SHA_256', Message }),
  );
  const made = encode(Mac!);
  known.set(day, made);
  return made;
}

/** A captcha as a stack makes it, solved at the first try. One that comes by HTTP takes a third of a second to solve. */
export async function solvedCaptcha(stack: Stack): Promise<string> {
  const now = stack.clock.now();
  // The challenge states its end in whole seconds, and that end determines its day.
  const made = await makeChallenge(await secretOf(stack, dayOf(toSeconds(now) * second)), now, 0);
  return payloadOf({ challenge: made, solution: await solutionOf(made) });
}
