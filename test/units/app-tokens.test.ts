import { decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { answerGrant } from '#shared/apps/answer-grant.ts';
import { authenticationClaims, userClaims } from '#shared/apps/claims.ts';
import type { Holding } from '#shared/apps/find-grants.ts';
import type { Grant } from '#shared/apps/grant.ts';
import { appAccessClaims, idClaims } from '#shared/apps/id-token.ts';
import { hour, second } from '#shared/clock.ts';
import type { Session } from '#shared/sessions/session.ts';
import type { OpenSigner } from '#shared/sessions/use-signers.ts';
import type { User } from '#shared/users/user.ts';
import { sampleUser } from '../harness/people/sample-user.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const user = (changes: Partial<User> = {}): User => sampleUser(now, changes);
const session = {
  id: 'session',
  idleExpiresAt: now + hour + 900,
  absoluteExpiresAt: now + 2 * hour,
} as Session;
const grant = { id: 'grant', app: 'portal', scope: 'openid', signedInAt: now - 1_500 } as Grant;
const holding: Holding = { grant, user: user(), session };

describe('R6.1: an app learns of a person', () => {
  test('their id and role alone, and of an administrator by a link for others no more than of a member', () => {
    const admin = { role: 'admin', emailVerified: true, email: 'a@example.com' } as const;
    expect(userClaims(user(), ['openid'])).toStrictEqual({ sub: 'user', role: 'general' });
    expect(userClaims(user(admin), [])).toStrictEqual({ sub: 'user', role: 'admin' });
    expect(userClaims(user({ role: 'admin' }), [])['role']).toBe('general');
  });

  test('who they are where that is granted, and no name that they have not', () => {
    const common = { sub: 'user', role: 'general', preferred_username: 'guest', locale: 'en' };
    const at = now / second;
    expect(userClaims(user(), ['profile'])).toStrictEqual({ ...common, name: 'guest', updated_at: at });
    const named = user({ firstName: 'Ada', lastName: 'Byron', updatedAt: now + 2_900 });
    expect(userClaims(named, ['profile'])).toStrictEqual({
      ...common,
      name: 'Ada Byron',
      given_name: 'Ada',
      family_name: 'Byron',
      updated_at: at + 2,
    });
  });

  test('their address where that is granted and they have one, and whether it is proven', () => {
    const of = (changes: Partial<User>) => userClaims(user(changes), ['email']);
    expect(of({})).toStrictEqual({ sub: 'user', role: 'general' });
    for (const emailVerified of [true, false])
      expect(of({ email: 'a@example.com', emailVerified })).toMatchObject({
        email: 'a@example.com',
        email_verified: emailVerified,
      });
  });

  test('by what they signed in (RFC 8176)', () => {
    const keyed = { keyThumbprint: 'key' };
    expect(authenticationClaims(user(), {})).toEqual({ amr: ['pwd'], acr: '1' });
    const bound = { device: 'key' };
    expect(authenticationClaims(user(bound), keyed)).toEqual({ amr: ['pwd', 'swk'], acr: '2' });
    expect(authenticationClaims(user({ ...bound, deviceOnly: true }), keyed)).toEqual({
      amr: ['swk'],
      acr: '1',
    });
  });

  test('C93: a key that whoever has the password could have made is no second factor', () => {
    for (const device of [{}, { device: 'another key' }])
      expect(authenticationClaims(user(device), { keyThumbprint: 'key' })).toEqual({
        amr: ['pwd', 'swk'],
        acr: '1',
      });
  });
});

describe('R6.1: an ID token', () => {
  test('says of which access token it is, by the hash of its signature (OpenID Connect Core 1.0, 3.1.3.6)', () => {
    const hashOf = (token: string, alg: OpenSigner['alg']) => idClaims(holding, token, alg, '')['at_hash'];
    // The example of OpenID Connect Core 1.0, A.3.
    expect(hashOf('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256')).toBe('77QmUPtjPfzWtF2AnpK9RQ');
    // The left half of the SHA-512 in FIPS 180-4's example.
    for (const alg of ['EdDSA', 'Ed25519'] as const)
      expect(hashOf('abc', alg), alg).toBe('3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05o');
  });

  test('says when they signed in, and what the app wanted to find in it', () => {
    const said = { auth_time: Math.floor(now / second) - 2, sid: 'session' };
    expect(idClaims(holding, 'token', 'RS256', 'n-1')).toMatchObject({ ...said, nonce: 'n-1' });
  });
});

test('R6.2: an access token says enough to decide by it (RFC 9068, 2.2)', () => {
  expect(appAccessClaims(holding, 'openid email')).toStrictEqual({
    sub: 'user',
    client_id: 'portal',
    scope: 'openid email',
    sid: 'session',
    epoch: 3,
    role: 'general',
    grant: 'grant',
    auth_time: Math.floor(now / second) - 2,
  });
});

describe('R6.1: for what it was granted an app gets', () => {
  async function answer(more: object): Promise<Record<string, string>> {
    const { privateKey } = await generateKeyPair('ES256');
    const signer = { id: 'signer', alg: 'ES256', privateKey } as OpenSigner;
    const issue = { signer, issuer: 'https://us.example', audience: 'api', scope: 'openid', now };
    const { status, body } = await answerGrant(holding, { ...issue, ...more });
    expect(status).toBe(200);
    return JSON.parse(String(body)) as Record<string, string>;
  }

  test('an access token for ten minutes and an ID token, and a refresh token if it may', async () => {
    const given = await answer({ nonce: 'n-1' });
    expect(given).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'openid',
      id_token: expect.any(String),
    });
    expect(decodeProtectedHeader(given['access_token']!)).toMatchObject({ typ: 'at+jwt', kid: 'signer' });
    expect(decodeJwt(given['access_token']!)).toMatchObject({ aud: 'api', grant: 'grant' });
    expect(decodeJwt(given['id_token']!)).toMatchObject({ aud: 'portal', nonce: 'n-1' });
    expect(await answer({ refreshToken: 'next' })).toEqual({
      ...given,
      access_token: expect.any(String),
      id_token: expect.any(String),
      refresh_token: 'next',
    });
  });

  test('no nonce that it has not sent', async () => {
    expect(decodeJwt((await answer({}))['id_token']!)).not.toHaveProperty('nonce');
  });

  test('R6.7: the token of a session and its life, where it is the command line', async () => {
    const started = { session, token: 'of-the-session' };
    expect(await answer({ started })).toMatchObject({ access_token: 'of-the-session', expires_in: 3_600 });
  });
});
