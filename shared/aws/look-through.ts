/** Rows that one query reads where only some of them are of the list. */
export const rowsPerQuery = 1_000;

/** Rows that a page looks through at most where few of them are of the list. */
export const mostLooked = 5_000;
