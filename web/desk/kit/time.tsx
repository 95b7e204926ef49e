import { dateTime } from '../../browser/date-time.ts';

/** A time of the API (ISO 8601) in the reader's own zone and language. */
export function Time({ at }: { at: string }) {
  return <time dateTime={at}>{dateTime(at)}</time>;
}
