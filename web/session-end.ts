import { html } from 'hono/html';
import type { Locale } from '#shared/locale.ts';
import type { SessionEnd } from '#shared/sessions/session.ts';
import type { Fragment } from './layout.ts';
import { sessionEndTexts as texts } from './texts/session-ends.ts';

/** Says why the visitor's session has ended. @param isBrief for a page where visitors cannot sign in, and so are not told to. */
export function sessionEndNotice(end: SessionEnd | undefined, locale: Locale, isBrief = false): Fragment {
  if (!end) return html``;
  return html`<div class="notice ${end === 'disabled' ? 'error' : ''}" role="status">
    <strong>${texts[end][locale]}</strong>
    ${isBrief && end !== 'disabled' ? '' : html`<p>${texts[`${end}Detail`][locale]}</p>`}
  </div>`;
}
