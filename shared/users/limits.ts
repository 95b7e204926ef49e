/** Longest email address, in characters (RFC 5321, 4.5.3.1). */
export const emailMaxLength = 254;

/** What people type to sign in: an address, or a username, which is shorter. */
export const loginMaxLength = emailMaxLength;

/** Characters of a username. */
export const usernameLength = { min: 3, max: 32 } as const;
