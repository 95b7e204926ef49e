import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { capability, onKey } from '../deployment/capability.ts';
import { dayOf } from '../calendar.ts';
import { minute, second, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { encode } from '../base64url.ts';
import { challengeSchema, readSolved, type Challenge } from './challenge.ts';
import { macOf } from '../aws/mac.ts';

/** How long a challenge is good. */
const lifetimeMs = 10 * minute;
/** How far the clock of the instance that made a challenge may be ahead of ours. */
const skewMs = minute;

/**
 * The solver tries up to 2,000 keys, each of 2,000 rounds: on average two million rounds, about a second of a phone's core. Checking
 * takes one key, half a millisecond. PBKDF2, because browsers have it in native code: an attacker's own program is hardly faster.
 */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 2_000 };
const mostTries = 2_000;

/** The message whose HMAC by KMS is the secret that signs the challenges of a day in UTC, such as `2026-11-20`. */
export const secretMessage = (day: string): string => `captcha|${day}`;

/** Makes a challenge at `now`; `counter` is the number that its solver must find. */
export async function makeChallenge(
  hmacSignatureSecret: string,
  now: number,
  counter = randomInt(mostTries),
): Promise<Challenge> {
  const expiresAt = toSeconds(now + lifetimeMs);
  return challengeSchema.parse(
    await createChallenge({ ...work, counter, expiresAt, deriveKey, hmacSignatureSecret }),
  );
}

/** Gives the secret that signs a challenge: that of the day on which it was made. One KMS call for each day and instance. */
function daySecrets(config: Config): (expiresAtSeconds: number) => Promise<string> {
  const secrets = new Map<string, string>();
  return async (expiresAtSeconds) => {
    const day = dayOf(expiresAtSeconds * second - lifetimeMs);
    const secret = secrets.get(day) ?? encode(await macOf(config.key('codes'), secretMessage(day)));
    secrets.set(day, secret);
    return secret;
  };
}

/** Makes captchas. The store keeps nothing about a captcha until it is solved. */
export const issueCaptchas = capability('captchas', [onKey('codes', 'GenerateMac')], (config) => {
  const secretOf = daySecrets(config);
  return {
    async issue(now: number): Promise<Challenge> {
      return makeChallenge(await secretOf(toSeconds(now + lifetimeMs)), now);
    },
  };
});

/**
 * Finds the challenge of ours that a payload solves.
 * @returns undefined if the payload is malformed, altered, foreign, wrong or late. A returned challenge may have been used before.
 */
export function captchaChecker(
  config: Config,
): (payload: string, now: number) => Promise<Challenge | undefined> {
  const secretOf = daySecrets(config);
  return async (payload, now) => {
    const solved = readSolved(payload);
    if (!solved) return undefined;
    const { expiresAt: expiresAtSeconds } = solved.challenge.parameters;
    // Checked before the secret is derived, so that a payload cannot make us derive the secrets of other days.
    const leftMs = expiresAtSeconds * second - now;
    if (leftMs <= 0 || leftMs > lifetimeMs + skewMs) return undefined;
    const hmacSignatureSecret = await secretOf(expiresAtSeconds);
    const { verified } = await verifySolution({ ...solved, deriveKey, hmacSignatureSecret });
    return verified ? solved.challenge : undefined;
  };
}
