import { html } from 'hono/html';
import { mailboxOf, type Invite } from '#shared/invites/invite.ts';
import { never } from '#shared/clock.ts';
import { maskEmail } from '#shared/email.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { quote } from '#shared/others-words.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import type { Fragment } from '../layout.ts';
import { withTime } from '../time.ts';

/** Says that the invite is good, who invites, whom unless the form shows it, as what, and until when. */
export function aboutInvite(
  invite: Invite,
  { timeZone }: Settings,
  locale: Locale,
  emailShown: boolean,
): Fragment {
  const { issuerName, email, kind, expiresAt } = invite;
  const until = withTime(texts.goodUntil[locale], expiresAt, locale, timeZone);
  const whom = mailboxOf(invite) ? maskEmail(email ?? '') : email;
  return html`<div class="notice good">
    ${issuerName ? html`<p>${fill(texts.invitedBy[locale], { name: quote(issuerName, locale) })}</p>` : ''}
    <p>${expiresAt === never ? texts.goodWithoutEnd[locale] : until}</p>
    ${invite.role === 'admin' ? html`<p>${texts.asAdministrator[locale]}</p>` : ''}
    ${
      whom && !emailShown && (kind === 'email' || kind === 'domain')
        ? html`<p>${fill(texts.emailBound[locale], { email: whom })}</p>`
        : ''
    }
  </div>`;
}
