/** Rows that one query reads where only some of them are of the list. */
export const rowsPerQuery = 1_000;

/**
 * Rows that are looked through at most where few of them are of the list. Behind a page comes another one; whoever asks for a
 * file has no other, so that it takes a good part of a function's time (29 seconds).
 */
export const mostLooked = { page: 5_000, file: 100_000 };
