/** The outcome of a command. Standard output gets `json` with `--json`, else `rows`. */
export interface Result {
  json: unknown;
  rows: readonly (readonly string[])[];
  /** Names of the columns, for a terminal. */
  head?: readonly string[];
  /** What standard output gets instead of rows, unchanged: a text for a program, not a table. */
  text?: string;
  /** Lines for standard error after the data. */
  said?: readonly string[];
  /** Exit code; 0 by default. */
  exit?: number;
  /** What was done, and how to see it. Said if standard output cannot be written. Absent if the command only shows things. */
  done?: readonly string[];
  /** Whether the data is shown only this once. Then a reader of standard output who has gone away counts as an error. */
  isShownOnce?: boolean;
}
