import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { capability, onKey } from '../deployment/capability.ts';
import { minute, second, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { encode } from '../base64url.ts';
import { challengeSchema, readSolved, type Challenge } from './challenge.ts';
import { macOf } from '../aws/mac.ts';

/** How long a challenge is good (milliseconds). */
const lifetime = 10 * minute;
/** How far ahead of ours the clock may be of the instance that made a challenge (milliseconds). */
const skew = minute;

/**
 * The solver tries up to 2,000 keys, each of 2,000 rounds: on average two million rounds, about a second of a phone's
 * core. Checking takes one key, half a millisecond. PBKDF2, because browsers have it in native code: a guesser's own
 * program is hardly faster.
 */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 2_000 };
const mostTries = 2_000;

/** The secret that signs challenges, of the day on which they were made; one KMS call for each day and instance. */
function daySecrets(config: Config): (expiresAt: number) => Promise<string> {
  const secrets = new Map<string, string>();
  return async (expiresAt) => {
    const day = new Date(expiresAt * second - lifetime).toISOString().slice(0, 10);
    const secret = secrets.get(day) ?? encode(await macOf(config.key('codes'), `captcha|${day}`));
    secrets.set(day, secret);
    return secret;
  };
}

/** Makes captchas. Nothing is stored of them until they are solved. */
export const issueCaptchas = capability('captchas', [onKey('codes', 'GenerateMac')], (config) => {
  const secretOf = daySecrets(config);
  return {
    async issue(now: number): Promise<Challenge> {
      const expiresAt = toSeconds(now + lifetime);
      const hmacSignatureSecret = await secretOf(expiresAt);
      const counter = randomInt(mostTries);
      return challengeSchema.parse(
        await createChallenge({ ...work, counter, expiresAt, deriveKey, hmacSignatureSecret }),
      );
    },
  };
});

/**
 * Finds the challenge of ours that a payload solves.
 * @returns undefined where the payload is malformed, altered, foreign, wrong or late. It may have been used before.
 */
export function captchaChecker(
  config: Config,
): (payload: string, now: number) => Promise<Challenge | undefined> {
  const secretOf = daySecrets(config);
  return async (payload, now) => {
    const solved = readSolved(payload);
    if (!solved) return undefined;
    const { expiresAt } = solved.challenge.parameters;
    // Before the secret is asked for: nobody makes us derive those of other days.
    const left = expiresAt * second - now;
    if (left <= 0 || left > lifetime + skew) return undefined;
    const hmacSignatureSecret = await secretOf(expiresAt);
    const { verified } = await verifySolution({ ...solved, deriveKey, hmacSignatureSecret });
    return verified ? solved.challenge : undefined;
  };
}
