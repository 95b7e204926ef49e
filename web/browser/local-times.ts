import { dateTime } from './date-time.ts';

/** Shows the times of the page in the reader's own zone. */
export function showLocalTimes(): void {
  for (const time of document.querySelectorAll('time')) time.textContent = dateTime(time.dateTime);
}
