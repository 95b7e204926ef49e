import { makesSecrets } from '../deployment/capability.ts';
import { ownAudience } from '../sessions/access-token.ts';
import { sessionToken, speaksByCookie } from '../sessions/session-cookie.ts';
import { type Request, safeMethods } from '../http/request.ts';
import type { Exchange, Identity, Runtime } from './step.ts';

/**
 * Identifies the caller by a session's token, in a cookie or as Bearer or DPoP, or, for reads, by an access token made for this API.
 * An access token lives for ten minutes and allows less than its session: it changes nothing, obtains no session token and no new
 * access token, and reads no secrets (C93). Endpoints of a protocol do not accept it, because a GET there may end in a code or a
 * sign-out. A session that is bound to a device is valid only with a proof of that device's key.
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
  // Other backends notice an ended session only when the access token expires, after ten minutes at most. We look it up.
  return found && found.user.epoch === claims.epoch ? found : undefined;
}

/** Pages need no proof: they are navigations, which cannot carry one, and hold nothing personal. A form can be declared to need none. */
const needsProof = ({ operation }: Runtime, { form }: Exchange): boolean =>
  operation.kind === 'operation' && !form?.proofless;
