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

/** Secrets of days, by stack. */
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

/** A captcha as a stack makes it, solved at the first try; whoever gets one by HTTP has a third of a second to work. */
export async function solvedCaptcha(stack: Stack): Promise<string> {
  const now = stack.clock.now();
  // Its end is told in whole seconds, and so is its day.
  const made = await makeChallenge(await secretOf(stack, dayOf(toSeconds(now) * second)), now, 0);
  return payloadOf({ challenge: made, solution: await solutionOf(made) });
}
