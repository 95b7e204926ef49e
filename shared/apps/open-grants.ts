import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { newId, newSecret } from '../random.ts';
import { hashSecret } from '../sessions/session-token.ts';
import type { UserSession } from '../sessions/session.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { codeLifeMs, type Grant } from './grant.ts';
import { newGrantRow } from './grant-rows.ts';
import { formatGrantToken } from './grant-tokens.ts';

/** Lets an app know who is signed in. */
export const openGrants = capability('grants', [onTable('grants', 'PutItem')], (config) => ({
  /**
   * Makes a code that the app can use once, within a minute. Only the hash of its secret is stored. The key of a bound session
   * must have been proven before.
   */
  async open(
    { app, redirectUri, scope, challenge, nonce, audience }: AuthorizationRequest,
    { user, session }: UserSession,
    now: number,
  ): Promise<string> {
    const { id: userId, deviceOnly } = user;
    const [id, secret] = [newId(), newSecret()];
    const grant: Grant = {
      userId,
      id,
      app: app.name,
      sessionId: session.id,
      ...(session.firstId !== undefined && { firstSessionId: session.firstId }),
      // A device-only user signs in with each request, because each one proves the device key.
      signedInAt: deviceOnly ? now : session.createdAt,
      scope,
      redirectUri,
      challenge,
      ...(nonce !== undefined && { nonce }),
      audience,
      codeHash: hashSecret(secret),
      createdAt: now,
      codeUntil: now + codeLifeMs,
    };
    // A late copy of this write finds the grant and cannot make a used code valid again.
    await conditionalWrite({
      Put: { ...newGrantRow(config, grant), ConditionExpression: 'attribute_not_exists(id)' },
    });
    return formatGrantToken({ userId, id, secret });
  },
}));
