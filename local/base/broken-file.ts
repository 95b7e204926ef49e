/** What a file means to the person whose data it is. */
export interface Meaning {
  /** What it holds, such as `the mails that were sent`. */
  holds: string;
  /** What to do without it, in sentences. */
  remedy: string;
}

/** A file of a data directory that is not what was written there. Nothing was changed. */
export class BrokenFile extends Error {
  readonly why: string;

  constructor(path: string, why: string, { holds, remedy }: Meaning) {
    super(`${path} cannot be used: ${why}.\nIt holds ${holds}.\n${remedy}`);
    this.why = why;
  }
}

/** What helps where only a backup could. */
export const beginElsewhere =
  'If you have a backup of the directory, put it back. ' +
  'To begin with nothing, leave the directory as it is and give another one: --data DIR.';
