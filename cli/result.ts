/** The outcome of a command. Standard output gets `json` with `--json`, else `rows`. */
export interface Result {
  json: unknown;
  rows: readonly (readonly string[])[];
  /** Names of the columns, for a terminal. */
  head?: readonly string[];
  /** What standard output gets instead of rows, as it is: a text for a program that is no table. */
  text?: string;
  /** Lines for standard error after the data. */
  said?: readonly string[];
  /** Exit code; 0 unless it is said. */
  exit?: number;
  /** What was done, and how to see it, for whom standard output does not reach. A command that only shows things has none. */
  done?: readonly string[];
  /** Whether the data is shown this once: a reader who is gone has not seen it, and is told. */
  isShownOnce?: boolean;
}
