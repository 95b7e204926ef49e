/**
 * The capabilities of the request chain itself, by the names that `needsOf` and the generated entries use. A bundle imports
 * them by name, and so holds no AWS client that its operation does not need.
 */
export { findSessions as sessions } from '../sessions/find-sessions.ts';
export { keepSessions as use } from '../sessions/keep-sessions.ts';
export { endTakenOver as takenOver } from '../sessions/end-taken-over.ts';
export { checkAccessTokens as accessTokens } from '../sessions/access-tokens.ts';
export { checkProofs as proofs } from '../sessions/proofs.ts';
export { countRates as rates } from '../guards/rates.ts';
