import type { Ports } from '../deployment/capability.ts';
import { checkProofs } from '../sessions/proofs.ts';
import { findHoldings } from '../apps/find-grants.ts';
import { findSessions } from '../sessions/find-sessions.ts';
import type { UserSession } from '../sessions/session.ts';
import { relayAudience } from '../sessions/access-token.ts';
import type { Request } from '../http/request.ts';
import type { Service } from '../deployment/service.ts';
import type { Settings } from '../deployment/settings.ts';
import { checkAccessTokens } from '../sessions/access-tokens.ts';
import { urlOf } from './relay-address.ts';

export const identifyCallers = [checkAccessTokens, findSessions, findHoldings, checkProofs] as const;

/** The most credentials of a request that are checked. */
const mostCredentials = 4;

/**
 * The possible access tokens of a request, from the headers in which the providers' clients put their key. A client may fill several
 * headers, some of them with values from its own configuration, and a header that is sent twice arrives as one.
 */
const credentialsOf = ({ headers }: Request, { header }: Pick<Service, 'header'>): string[] =>
  [...new Set(['authorization', 'x-api-key', header])]
    .flatMap((name) => (headers[name] ?? '').split(/[\s,]+/))
    .filter((word) => word.split('.').length === 3)
    .slice(0, mostCredentials);

type Deployed = Ports<typeof identifyCallers> & { origin: string; settings: Pick<Settings, 'proxy'> };
type Identified = UserSession | 'unauthenticated' | 'device_mismatch';

/**
 * The caller of the relay, by the first access token in the request that was made for the relay and is still valid.
 * @returns the caller, or why there is none.
 */
export async function identifyCaller(
  request: Request,
  service: Pick<Service, 'header'>,
  ports: Deployed,
  now: number,
): Promise<Identified> {
  let refusal: Identified = 'unauthenticated';
  for (const token of credentialsOf(request, service)) {
    const caller = await holderOf(token, request, ports, now);
    if (typeof caller === 'object') return caller;
    if (caller === 'device_mismatch') refusal = caller;
  }
  return refusal;
}

/**
 * The user and session of an access token. A token ends at once with its session, an app's token also with its grant. A token of a
 * device-bound session needs a proof of the device's key (RFC 9449). An app's token needs none, since only our pages hold that key.
 */
async function holderOf(
  token: string,
  request: Request,
  { origin, settings, accessTokens, sessions, grants, proofs }: Deployed,
  now: number,
): Promise<Identified> {
  const claims = await accessTokens.read(token, { issuer: origin, audience: relayAudience, now });
  if (!claims) return 'unauthenticated';
  const { sub, sid, epoch, grant } = claims;
  const found =
    grant === undefined
      ? await sessions.get(sub, sid, now)
      : await grants.holding({ sub, sid, epoch, grant }, now);
  if (!found || found.user.epoch !== epoch) return 'unauthenticated';

  const { keyThumbprint } = found.session;
  if (keyThumbprint !== undefined && claims.client_id === undefined) {
    const subject = {
      requestId: request.id,
      method: request.method,
      url: urlOf(request, origin, settings),
      beside: token,
    };
    if ((await proofs.prover(request.proof, subject, now)) !== keyThumbprint) return 'device_mismatch';
  }
  return found;
}
