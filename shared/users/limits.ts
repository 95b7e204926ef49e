/** Longest email address, in characters (RFC 5321, 4.5.3.1). */
export const emailMaxLength = 254;

/** Characters of a username. */
export const usernameLength = { min: 3, max: 32 } as const;
