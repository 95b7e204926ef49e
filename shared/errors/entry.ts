import type { Text } from '../locale.ts';

/** One error: its HTTP status, the problem (`title`) and the reader's next step (`detail`). */
export interface ErrorEntry {
  readonly status: number;
  readonly title: Text;
  readonly detail: Text;
  /** The next step of somebody at a page, where it is another than a program's. */
  readonly onPage?: Text;
}
