/** Longest password, in characters, before and after normalisation. */
export const passwordMaxLength = 1_024;

/** NFKC, so that a password typed on another keyboard or system is the same password (NIST SP 800-63B, 3.1.1.2). */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/** The form in which passwords and words are compared regardless of capitals. */
export const foldPassword = (text: string): string => normalizePassword(text).toLowerCase();

/** Whether a password that is short enough as typed is still short enough when normalised. */
export const isPasswordShortEnough = (password: string): boolean =>
  [...normalizePassword(password)].length <= passwordMaxLength;

/** Whether a password is long enough, in characters (not bytes or UTF-16 units), normalised. */
export const isPasswordLongEnough = (password: string, minLength: number): boolean =>
  [...normalizePassword(password)].length >= minLength;
