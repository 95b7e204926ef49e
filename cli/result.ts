/** What a command puts on standard output: `json` with `--json`, else `rows`. */
export interface Result {
  json: unknown;
  rows: readonly (readonly string[])[];
  /** Names of the columns, for a terminal. */
  head?: readonly string[];
  /** What is said once the data is there. */
  said?: readonly string[];
  /** Exit code; 0 unless it is said. */
  exit?: number;
}
