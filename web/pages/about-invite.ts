import { html } from 'hono/html';
import * as z from 'zod/mini';
import { isForMailbox, mailboxOf, type Invite } from '#shared/invites/invite.ts';
import { never } from '#shared/clock.ts';
import { maskEmail } from '#shared/email.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { quote } from '#shared/others-words.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import type { Fragment } from '../layout.ts';
import { withTime } from '../time.ts';

const short = z.string().check(z.maxLength(300));

/** What the page of an invite says about the invite. */
const facts = z.object({
  issuer: z.optional(short),
  /** Milliseconds; absent if the invite has no end. */
  until: z.optional(z.int().check(z.positive(), z.lt(never))),
  asAdmin: z.optional(z.boolean()),
  /** The invited address, masked, or domain, if the form does not show it. */
  whom: z.optional(short),
  /** Whether the form names the address, so that there is nothing to choose. */
  emailFixed: z.optional(z.boolean()),
});
export type InviteFacts = z.output<typeof facts>;

/** @param emailFixed whether the visitor has the mailbox. Other visitors do not learn the full address. */
export function factsOf(invite: Invite, emailFixed: boolean): InviteFacts {
  const { issuerName, email, expiresAt, role } = invite;
  const whom = mailboxOf(invite) ? maskEmail(email ?? '') : email;
  return {
    ...(issuerName && { issuer: issuerName }),
    ...(expiresAt !== never && { until: expiresAt }),
    ...(role === 'admin' && { asAdmin: true }),
    ...(whom && !emailFixed && isForMailbox(invite) && { whom }),
    ...(emailFixed && { emailFixed }),
  };
}

/**
 * The form carries the facts, so that they are shown above it after a mistake too. They decide nothing: the invite is read again,
 * and forms of other sites are refused before they are read.
 */
export const factsField = (about: InviteFacts): Fragment =>
  html`<input type="hidden" name="about" value="${JSON.stringify(about)}" />`;

/** What `factsField` wrote; undefined if it was changed into something invalid. */
export function readFacts(field: string | undefined): InviteFacts | undefined {
  try {
    return field && field.length <= 2_000 ? facts.safeParse(JSON.parse(field)).data : undefined;
  } catch {
    return undefined;
  }
}

/** Says that the invite is good, who invites, who is invited (unless the form shows it), in which role, and until when. */
export const aboutInvite = (
  { issuer, until, asAdmin, whom }: InviteFacts,
  { timeZone }: Settings,
  locale: Locale,
): Fragment =>
  html`<div class="notice good">
    ${issuer ? html`<p>${fill(texts.invitedBy[locale], { name: quote(issuer, locale) })}</p>` : ''}
    <p>
      ${until === undefined ? texts.goodWithoutEnd[locale] : withTime(texts.goodUntil[locale], until, locale, timeZone)}
    </p>
    ${asAdmin ? html`<p>${texts.asAdministrator[locale]}</p>` : ''}
    ${whom ? html`<p>${fill(texts.emailBound[locale], { email: whom })}</p>` : ''}
  </div>`;
