import type { Ports } from '../deployment/capability.ts';
import { checkProofs } from '../sessions/proofs.ts';
import { findSessions, type Found } from '../sessions/find-sessions.ts';
import { relayAudience } from '../sessions/access-token.ts';
import type { Request } from '../http/request.ts';
import { checkAccessTokens } from '../sessions/access-tokens.ts';

export const identifyCallers = [checkAccessTokens, findSessions, checkProofs] as const;

/** Where the clients of the providers put their key: ours is an access token. */
function tokenOf({ headers }: Request): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  return bearer ?? headers['x-api-key'];
}

/** The relay's own address, as the caller wrote it: Lambda takes no request for another host. */
const urlOf = ({ headers, path }: Request): string =>
  `${headers['x-forwarded-proto'] ?? 'https'}://${headers['host'] ?? ''}${path}`;

/**
 * Who calls the relay, by an access token that was made for it. The token ends with its session at once, and with a
 * session that is bound to a device it wants the proof of the device's key (RFC 9449).
 * @returns the caller, or why there is none.
 */
export async function identifyCaller(
  request: Request,
  issuer: string,
  { accessTokens, sessions, proofs }: Ports<typeof identifyCallers>,
  now: number,
): Promise<Found | 'unauthenticated' | 'device_mismatch'> {
  const token = tokenOf(request);
  const claims = token && (await accessTokens.read(token, { issuer, audience: relayAudience, now }));
  const found = claims && (await sessions.get(claims.sub, claims.sid, now));
  if (!token || !found || found.user.epoch !== claims.epoch) return 'unauthenticated';

  const { keyThumbprint } = found.session;
  if (keyThumbprint !== undefined) {
    const subject = { requestId: request.id, method: request.method, url: urlOf(request), beside: token };
    if ((await proofs.prover(request.proof, subject, now)) !== keyThumbprint) return 'device_mismatch';
  }
  return found;
}
