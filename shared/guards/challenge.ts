import * as z from 'zod/mini';
import { atMost } from '../http/fields.ts';

/** A challenge as ALTCHA's widget and libraries take it (version 2 of its proof of work), signed by us. */
export const challengeSchema = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.string(),
    cost: z.int(),
    /** Seconds since 1970. */
    expiresAt: z.int(),
    keyLength: z.int(),
    keyPrefix: z.string(),
    nonce: z.string(),
    salt: z.string(),
  }),
  signature: z.string(),
});

const solvedSchema = z.object({
  challenge: challengeSchema,
  solution: z.object({ counter: z.int(), derivedKey: z.string() }),
});

export type Challenge = z.output<typeof challengeSchema>;
export type SolvedChallenge = z.output<typeof solvedSchema>;

/** What a client sends back: base64 of the challenge with its solution, in JSON. Undefined for anything else. */
export function readSolved(payload: string): SolvedChallenge | undefined {
  try {
    return solvedSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A solved captcha. The limit is four times the length of ours. Any text that is no solved captcha is refused as unsolved. */
export const captchaField = z.optional(z.string().check(atMost(2_500)));
