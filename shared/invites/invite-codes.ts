import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import type { Invite } from './invite.ts';
import { spellCode } from './invite-code.ts';
import { macOf } from '../aws/mac.ts';

/**
 * Finds the invite of a short code by the code's HMAC, so that no code is stored. The HMAC has a KMS key of its own: functions that may
 * look up codes cannot make links.
 */
export const findCodes = capability('codes', [onKey('codes', 'GenerateMac')], (config) => ({
  /** The key of the row that points to the code's invite: the HMAC of the code in the spelling of `readCode`. */
  keyOf: async (code: string): Promise<string> =>
    encode(await macOf(config.key('codes'), `code-key|${code}`)),
}));

/** Derives the short codes of invites. A function with this capability can admit any guest. */
export const deriveCodes = capability('codes', [onKey('tokens', 'GenerateMac')], (config) => ({
  /** The code of an invite's present generation. It is derived, so that it can be shown again without being stored. */
  derive: async ({ id, generation }: Pick<Invite, 'id' | 'generation'>): Promise<string> =>
    spellCode(await macOf(config.key('tokens'), `code|${id}|${generation}`)),
}));
