import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import { normalizeEmail } from '../email.ts';
import { macOf } from '../aws/mac.ts';

/** Gives a login a pseudonym for the audit trail and for counting tries: equal logins get equal pseudonyms, and the login is not kept. */
export const nameLogins = capability('logins', [onKey('pepper', 'GenerateMac')], (config) => ({
  nameOf: async (login: string): Promise<string> =>
    encode(await macOf(config.key('pepper'), `login|${normalizeEmail(login)}`)),
}));
