/** The meaning of a file to the owner of its data. */
export interface Meaning {
  /** The file's content, such as `the mails that were sent`. */
  holds: string;
  /** The steps to take without the file, in sentences. */
  remedy: string;
}

/** A file of a data directory whose content is not what was written there. Nothing was changed. */
export class BrokenFile extends Error {
  readonly why: string;

  constructor(path: string, why: string, { holds, remedy }: Meaning) {
    super(`${path} cannot be used: ${why}.\nIt holds ${holds}.\n${remedy}`);
    this.why = why;
  }
}

/** The remedy for files that only a backup can restore. */
export const beginElsewhere =
  'If you have a backup of the directory, put it back. ' +
  'To begin with nothing, leave the directory as it is and give another one: --data DIR.';
