/** One mailbox, one spelling: addresses are compared and stored in lower case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** `yuki@example.com` → `y•••@example.com`: enough to recognise one's own address, not to learn another's. */
export const maskEmail = (email: string): string => email.replace(/^(.).*(?=@)/u, '$1•••');
