/** What reads tokens and keys of others, for `await import` by whoever needs it once in many requests: a session has neither. */
export { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
