import { JwtVerifier } from 'aws-jwt-verify';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';

const { ISSUER: issuer = '', AUDIENCE: audience = '' } = process.env;
export const verifier = JwtVerifier.create({ issuer, audience });

/** A function with its own address (a function URL). It checks the token itself. */
export async function handler({ headers }: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const token = headers['authorization']?.replace(/^Bearer /, '') ?? '';
  const claims = await verifier.verify(token).catch(() => undefined);
  return claims ? { statusCode: 200, body: `Hello, ${claims.sub}` } : { statusCode: 401 };
}
