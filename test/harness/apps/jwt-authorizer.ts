import { compactVerify, createLocalJWKSet, type JSONWebKeySet, type JWTPayload } from 'jose';
import { z } from 'zod';

/** The configuration of an authorizer in CloudFormation's form (AWS::ApiGatewayV2::Authorizer, JwtConfiguration). */
export const jwtConfiguration = z.object({ Issuer: z.string(), Audience: z.array(z.string()) });
type Configuration = z.output<typeof jwtConfiguration>;

const read = async <Body>(url: string): Promise<Body> => (await fetch(url)).json() as Promise<Body>;
const listOf = (claim: unknown): unknown[] => (Array.isArray(claim) ? claim : [claim]);

/** The claims of a token whose signature fits a key from the issuer's discovery document. Accepts RSA only. */
async function signedClaims(token: string, issuer: string): Promise<JWTPayload | undefined> {
  const { jwks_uri } = await read<{ jwks_uri: string }>(`${issuer}/.well-known/openid-configuration`);
  const keys = createLocalJWKSet(await read<JSONWebKeySet>(jwks_uri));
  const algorithms = ['RS256', 'RS384', 'RS512'];
  const verified = await compactVerify(token, keys, { algorithms }).catch(() => undefined);
  return verified && (JSON.parse(new TextDecoder().decode(verified.payload)) as JWTPayload);
}

/**
 * Does the checks of an HTTP API's JWT authorizer, in the order of their documentation (API Gateway developer guide, "Control access
 * to HTTP APIs with JWT authorizers"). @returns the claims that the function gets; undefined if the token is refused.
 */
export async function authorizedClaims(
  authorization: string | undefined,
  { Issuer, Audience }: Configuration,
  nowMs = Date.now(),
): Promise<JWTPayload | undefined> {
  const [, token] = /^(?:Bearer )?(\S+)$/.exec(authorization ?? '') ?? [];
  const claims = token && (await signedClaims(token, Issuer));
  if (!claims) return undefined;
  const { iss, aud, client_id, exp, nbf, iat } = claims;
  const now = nowMs / 1000;
  const isMeant = listOf(aud ?? client_id).some((one) => Audience.includes(String(one)));
  const isTimely = exp !== undefined && exp > now && (nbf ?? 0) <= now && (iat ?? 0) <= now;
  return iss === Issuer && isMeant && isTimely ? claims : undefined;
}
