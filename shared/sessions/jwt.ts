/** Functions that read tokens and keys of others. Use `await import`: few requests need them, and a session has neither. */
export { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
