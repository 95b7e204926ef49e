import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import type { Invite } from './invite.ts';
import { spellCode } from './invite-code.ts';
import { macOf } from '../aws/mac.ts';

/**
 * Finds what a short code stands for, without the store knowing any code. With a key of its own: whoever may look codes
 * up is not to be able to make links.
 */
export const findCodes = capability('codes', [onKey('codes', 'GenerateMac')], (config) => ({
  /** Under which the invite of a code is filed: the HMAC of the code, in the spelling of `readCode`. */
  keyOf: async (code: string): Promise<string> =>
    encode(await macOf(config.key('codes'), `code-key|${code}`)),
}));

/** Makes the short codes that stand beside links. Whoever may do this can let anybody in. */
export const deriveCodes = capability('codes', [onKey('tokens', 'GenerateMac')], (config) => ({
  /** The code of an invite's present generation; derived, so that it can be shown again though it is not stored. */
  derive: async ({ id, generation }: Pick<Invite, 'id' | 'generation'>): Promise<string> =>
    spellCode(await macOf(config.key('tokens'), `code|${id}|${generation}`)),
}));
