import { readRow } from '../aws/read-row.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { sameHash } from '../sessions/match-token.ts';
import { sessionCheck } from '../sessions/session-rows.ts';
import { hashSecret } from '../sessions/session-token.ts';
import { userCheck } from '../users/user-writes.ts';
import type { Holding } from './find-grants.ts';
import { refreshOverlapMs, type Grant } from './grant.ts';
import { grantRef, rotationWrite } from './grant-rows.ts';
import { generationIn, refreshToken } from '../sessions/rotation.ts';

type Refreshable = Grant & Required<Pick<Grant, 'hash' | 'generation'>>;

/** Which of a grant's refresh tokens a secret belongs to; `spent` is a replaced one whose time to repeat is over. */
export type MatchedRefresh = 'present' | 'previous' | 'spent';

const isRefreshable = (grant: Grant): grant is Refreshable =>
  grant.hash !== undefined && grant.generation !== undefined;

/** Recognises refresh tokens of apps. */
export const matchRefreshes = capability('refreshes', [onKey('sessions', 'GenerateMac')], (config) => ({
  /** Which refresh token of this grant a secret belongs to; undefined for a made-up secret. */
  async match(grant: Grant, secret: string, now: number): Promise<MatchedRefresh | undefined> {
    if (!isRefreshable(grant)) return undefined;
    const shown = hashSecret(secret);
    if (sameHash(shown, grant.hash)) return 'present';
    const { previousHash, previousUntil = 0, generation } = grant;
    if (previousHash !== undefined && sameHash(shown, previousHash) && previousUntil > now) return 'previous';
    const claimed = generationIn(secret);
    if (claimed < 1 || claimed > generation) return undefined;
    const { hash } = await refreshToken(config, grant, claimed);
    return sameHash(shown, hash) ? 'spent' : undefined;
  },
}));

export const refreshGrants = capability(
  'refreshes',
  [
    onTable('grants', 'GetItem', 'UpdateItem'),
    onTable('users', 'ConditionCheckItem'),
    onTable('sessions', 'ConditionCheckItem'),
    onKey('sessions', 'GenerateMac'),
  ],
  (config) => ({
    /**
     * The refresh token after the present one. A request that another one with the same token overtakes, or that comes with
     * the previous token, gets the same. Undefined when the grant, the account or the session has ended meanwhile.
     */
    async next(
      { grant, user, session }: Holding,
      matched: 'present' | 'previous',
      now: number,
    ): Promise<string | undefined> {
      if (!isRefreshable(grant)) return undefined;
      if (matched === 'previous') return (await refreshToken(config, grant, grant.generation)).token;
      const { token, hash } = await refreshToken(config, grant, grant.generation + 1);
      const refused = await transact({
        grant: rotationWrite(config, grant, {
          nextHash: hash,
          previousUntil: now + refreshOverlapMs,
          // A session that began by a sign-in over the code's session ends later.
          keepUntil: session.absoluteExpiresAt,
          sessionId: session.id,
        }),
        user: userCheck(config, user),
        session: sessionCheck(config, session),
      });
      if (refused.length === 0) return token;
      if (refused.some((name) => name !== 'grant')) return undefined;
      // Another request was faster. Its token is the same as ours, unless it has ended the grant.
      const present = await readRow<Grant>(grantRef(config, grant));
      return present && present.endedAt === undefined ? token : undefined;
    },
  }),
);
