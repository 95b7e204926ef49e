import type { Text } from '../locale.ts';

/** One error: its HTTP status, the problem (`title`) and the reader's next step (`detail`). */
export interface ErrorEntry {
  readonly status: number;
  readonly title: Text;
  readonly detail: Text;
  /** The next step of a person on a page, if it differs from a program's. */
  readonly onPage?: Text;
}
