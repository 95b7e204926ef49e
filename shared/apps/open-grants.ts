import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { newId, newSecret } from '../random.ts';
import { hashSecret } from '../sessions/session-token.ts';
import type { Found } from '../sessions/find-sessions.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { codeLifeMs, type Grant } from './grant.ts';
import { newGrantRow } from './grant-rows.ts';
import { formatGrantToken } from './grant-tokens.ts';

/** Lets an app know who is signed in. */
export const openGrants = capability('grants', [onTable('grants', 'PutItem')], (config) => ({
  /** A code that the app can use once, within a minute; nowhere stored. The key of a bound session was proven before. */
  async open(
    { app, redirectUri, scope, challenge, nonce, audience }: AuthorizationRequest,
    { user, session }: Found,
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
      // Whoever has a device's key and no password signs in by it each time: it was proven for this request.
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
    // A copy of this write that comes late finds the grant, and does not make its code good once more.
    await conditionalWrite({
      Put: { ...newGrantRow(config, grant), ConditionExpression: 'attribute_not_exists(id)' },
    });
    return formatGrantToken({ userId, id, secret });
  },
}));
