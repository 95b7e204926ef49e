/** Rows that one query reads if only some of them belong to the list. */
export const rowsPerQuery = 1_000;

/**
 * The most rows that one request reads if few of them belong to the list. A page has a next page. A file has none, so that it may take
 * a large part of a function's time (29 seconds).
 */
export const mostLooked = { page: 5_000, file: 100_000 };
