import { conditionalWrite } from '../aws/conditional-write.ts';
import { joinUpdates, setFields } from '../aws/update.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { toSeconds } from '../clock.ts';
import { idleExpiry, isRotationDue, isTouchDue, overlapMs, sessionExpiry, type Session } from './session.ts';
import { rotatedToken } from './rotation.ts';
import { sessionRef } from './session-rows.ts';
import type { MatchedToken } from './match-token.ts';

interface Use {
  /** Which of the session's tokens the caller showed. An access token is none of them, and counts as the present one. */
  matchedToken: MatchedToken;
  /** Whether the caller can be given another token: a browser that sent a cookie. */
  rotates: boolean;
  /** Whether the use is recorded in any case. */
  always?: boolean;
}

/** Keeps used sessions alive, and gives browsers new tokens for old ones. */
export const keepSessions = capability(
  'sessions',
  [onTable('sessions', 'UpdateItem'), onKey('sessions', 'GenerateMac')],
  (config) => {
    /** Writes the fields of a use to a session, if it still lives then and still has the token. @returns whether it did. */
    async function write(
      session: Session,
      used: Pick<Session, 'lastSeenAt' | 'idleExpiresAt'> & Record<string, unknown>,
      token: 'hash' | 'nextHash',
    ): Promise<boolean> {
      const { written } = await conditionalWrite(
        {
          Update: {
            ...sessionRef(config, session.userId, session.id),
            ...joinUpdates([
              setFields({ ...used, ttl: toSeconds(sessionExpiry({ ...session, ...used })) }),
              {
                when: '#shown = :shown AND idleExpiresAt > :now AND absoluteExpiresAt > :now',
                names: { '#shown': token },
                values: { ':shown': session[token], ':now': used.lastSeenAt },
              },
            ]),
          },
        },
        // A write that ends or rotates the session at the same time wins; a request that only uses the session does not wait.
        { conflictRefuses: true },
      );
      return written;
    }

    return {
      /**
       * Records a use of the session, if that is due: moves its idle expiry, makes an offered token the present one, and
       * offers the next.
       * @returns the session as it is now, and the token to hand over, if any.
       */
      async keep(
        session: Session,
        { matchedToken, rotates, always = false }: Use,
        now: number,
      ): Promise<{ session: Session; token?: string }> {
        const used = { lastSeenAt: now, idleExpiresAt: idleExpiry(now, config.settings) };
        if (matchedToken === 'previous') return { session };
        if (matchedToken === 'next') {
          const { hash: previousHash, nextHash: hash, offeredAt: _, ...rest } = session;
          const turned = { previousHash, previousUntil: now + overlapMs, hash: hash!, rotatedAt: now };
          const { generation, firstHash = generation === 0 ? previousHash : undefined } = session;
          const set = { ...used, ...turned, ...(firstHash && { firstHash }), generation: generation + 1 };
          await write(session, { ...set, nextHash: undefined, offeredAt: undefined }, 'nextHash');
          return { session: { ...rest, ...set } };
        }
        const offers = rotates && session.transport === 'cookie' && isRotationDue(session, now);
        if (!offers && !always && !isTouchDue(session, now)) return { session };
        const next = offers ? await rotatedToken(config, session, session.generation + 1) : undefined;
        const set = { ...used, ...(next && { nextHash: next.hash, offeredAt: now }) };
        if (!(await write(session, set, 'hash'))) return { session };
        return { session: { ...session, ...set }, ...(next && { token: next.token }) };
      },
    };
  },
);
