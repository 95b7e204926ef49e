import type { Text } from '../locale.ts';

/** One error: its HTTP status, what is wrong (`title`) and what to do next (`detail`). */
export interface ErrorEntry {
  readonly status: number;
  readonly title: Text;
  readonly detail: Text;
}
