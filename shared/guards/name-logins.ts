import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import { normalizeEmail } from '../email.ts';
import { macOf } from '../aws/mac.ts';

/** Names logins that failed, for the audit trail: two of one name look alike, and the name itself is not kept. */
export const nameLogins = capability('logins', [onKey('pepper', 'GenerateMac')], (config) => ({
  nameOf: async (login: string): Promise<string> =>
    encode(await macOf(config.key('pepper'), `login|${normalizeEmail(login)}`)),
}));
