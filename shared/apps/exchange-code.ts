import { hash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Ports } from '../deployment/capability.ts';
import type { Answer } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Request } from '../http/request.ts';
import type { findSessions } from '../sessions/find-sessions.ts';
import { sameHash } from '../sessions/match-token.ts';
import { hashSecret } from '../sessions/session-token.ts';
import { bySession } from './by-session.ts';
import type { endReusedGrants } from './end-grants.ts';
import type { readGrants, Holding } from './find-grants.ts';
import { takesSession, type NamedApp } from './find-app.ts';
import type { Grant } from './grant.ts';
import { invalidGrant } from './grant-refusal.ts';
import { parseGrantToken } from './grant-tokens.ts';
import { errorAnswer } from './oauth-error.ts';
import type { redeemCodes, Redeemed } from './redeem-code.ts';

type Tools = Ports<
  readonly [typeof readGrants, typeof endReusedGrants, typeof redeemCodes, typeof findSessions]
>;

/** Whether the client that brings the code also began the request (RFC 7636, 4.6). */
const isChallenged = (verifier: string, challenge: string): boolean =>
  sameHash(hash('sha256', verifier, 'base64url'), challenge);

/** Whether the code belongs to this grant, and comes with the app, the `redirect_uri` and the PKCE verifier that it was made for. */
function belongs(grant: Grant, secret: string, app: NamedApp, { values }: Parameters): boolean {
  const { code_verifier: verifier = '', redirect_uri: redirectUri } = values;
  return (
    sameHash(hashSecret(secret), grant.codeHash) &&
    grant.app === app.name &&
    grant.redirectUri === redirectUri &&
    isChallenged(verifier, grant.challenge)
  );
}

/**
 * Exchanges a code (RFC 6749, 4.1.3). A code that comes again after its use may be stolen: all that came of it ends
 * (4.1.2). Of simultaneous requests one wins, and the others are only refused.
 */
export async function exchangeCode(
  app: NamedApp,
  parameters: Parameters,
  request: Request,
  { grants, codes, sessions }: Tools,
  clock: Clock,
): Promise<{ holding: Holding; redeemed: Redeemed } | Answer> {
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = parameters.values;
  const isWhole = code && redirectUri && /^[\w.~-]{43,128}$/.test(verifier ?? '');
  if (!isWhole)
    return errorAnswer({
      error: 'invalid_request',
      description: 'code, redirect_uri and code_verifier (43 to 128 characters) are required.',
    });
  const held = parseGrantToken(code);
  const grant = held && (await grants.read(held));
  if (!grant || !belongs(grant, held.secret, app, parameters)) return invalidGrant();
  const { address, userAgent } = request;
  const now = clock.now();
  if (grant.usedAt !== undefined) {
    if (grant.usedAt < request.arrivedAt) await grants.endReused(grant, address, now);
    return invalidGrant();
  }
  const device = takesSession(app) ? ({ transport: 'token', address, userAgent } as const) : undefined;
  const done = await bySession(grant, sessions, now, async (holding) => {
    const redeemed = await codes.redeem(holding, device, clock);
    return redeemed && { holding, redeemed };
  });
  return done ?? invalidGrant();
}
