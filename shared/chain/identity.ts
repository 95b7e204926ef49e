import type { Caller } from '../operation/operation.ts';
import type { MatchedToken } from '../sessions/match-token.ts';

/** A caller, and which of their session's tokens they showed; absent if they showed an access token. */
export type Identity = Caller & { matchedToken?: MatchedToken };
