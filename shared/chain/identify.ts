import { makesSecrets } from '../deployment/capability.ts';
import { ownAudience } from '../sessions/access-token.ts';
import { sessionToken, speaksByCookie } from '../sessions/session-cookie.ts';
import { type Request, safeMethods } from '../http/request.ts';
import type { Exchange, Runtime } from './step.ts';
import type { Identity } from './identity.ts';

/**
 * Finds who calls: by a session's token, in a cookie or as Bearer or DPoP, or, to read, by an access token made for this API. An
 * access token is for ten minutes and for less than its session: it neither changes anything nor becomes a session's
 * token, a new access token included, nor reads what is itself a key (C93); nor does it count at an endpoint of a protocol,
 * where a GET may end in a code or a sign-out. A session that is bound to a device counts only with the proof of that device's key.
 * @returns the caller, or why there is none.
 */
export async function identify(
  runtime: Runtime,
  exchange: Exchange,
): Promise<Identity | 'unauthenticated' | 'device_mismatch' | 'taken_over'> {
  const { clock, ports } = runtime;
  const { request } = exchange;
  const token = sessionToken(request);
  const now = clock.now();
  const shown = token === undefined ? undefined : await find(runtime, request, token, now);
  if (token === undefined) return 'unauthenticated';
  if (!shown)
    return (await ports.takenOver!.end(token, request.address, now)) ? 'taken_over' : 'unauthenticated';

  const { session } = shown;
  if (session.keyThumbprint !== undefined && needsProof(runtime, exchange)) {
    const beside = speaksByCookie(request) ? session.id : token;
    const url = runtime.config.origin + request.path;
    const subject = { requestId: request.id, method: request.method, url, beside };
    const prover = await ports.proofs!.prover(request.proof, subject, now);
    if (prover !== session.keyThumbprint) return 'device_mismatch';
  }
  return shown;
}

async function find(
  { config, operation, ports }: Runtime,
  request: Request,
  token: string,
  now: number,
): Promise<Identity | undefined> {
  const bySession = await ports.sessions!.find(token, now);
  if (bySession) return bySession;
  const onlyReads =
    operation.kind !== 'endpoint' && safeMethods.has(request.method) && !makesSecrets(operation.uses);
  if (speaksByCookie(request) || !onlyReads) return undefined;
  const claims = await ports.accessTokens!.read(token, {
    issuer: config.origin,
    audience: ownAudience,
    now,
  });
  const found = claims && (await ports.sessions!.get(claims.sub, claims.sid, now));
  // Other backends learn within ten minutes that sessions have ended; we look.
  return found && found.user.epoch === claims.epoch ? found : undefined;
}

/** Pages are navigations, which can carry no proof, and hold nothing personal; a form may be said to need none. */
const needsProof = ({ operation }: Runtime, { form }: Exchange): boolean =>
  operation.kind === 'operation' && !form?.proofless;
