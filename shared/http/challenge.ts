/** How callers show who they are, which every 401 tells them (RFC 9110, 11.6.1; RFC 6750, 3). */
export const bearerChallenge = 'Bearer realm="latchkey"';
