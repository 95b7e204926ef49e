import type { Caller } from '../operation/operation.ts';
import type { Standing } from '../sessions/token-standing.ts';

/** A caller, and which of their session's tokens they showed; none where they showed an access token. */
export type Identity = Caller & { standing?: Standing };
