import { html } from 'hono/html';
import { toIso } from '#shared/http/time.ts';
import type { Locale } from '#shared/locale.ts';
import { showTime } from '#shared/show-time.ts';
import type { Fragment } from './layout.ts';

/**
 * A text with a time in place of `{time}`, in the deployment's zone. The element names the moment, so that the script can show it
 * in the reader's zone (`web/browser/date-time.ts`).
 */
export function withTime(text: string, milliseconds: number, locale: Locale, timeZone: string): Fragment {
  const [before, after] = text.split('{time}');
  const moment = toIso(milliseconds);
  return html`${before}<time datetime="${moment}">${showTime(milliseconds, locale, timeZone)}</time>${after}`;
}
