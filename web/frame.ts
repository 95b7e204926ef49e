import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale, Text } from '#shared/locale.ts';
import { displayName, inviteQuota, mayAdminister, type User } from '#shared/users/user.ts';
import type { Fragment } from './layout.ts';
import { frameTexts as texts } from './texts/frame.ts';
import { pageTexts } from './texts/pages.ts';
import type { Visit } from './visit.ts';

const ownSections = {
  '/': texts.home,
  '/account': texts.account,
  '/keys': texts.keys,
} as const satisfies Record<string, Text>;

/** For users who have invites to send, or have sent some. */
const inviting = { '/invites': texts.ownInvites } as const satisfies Record<string, Text>;

const adminSections = {
  '/admin': texts.overview,
  '/admin/invites': texts.invites,
  '/admin/people': texts.people,
  '/admin/activity': texts.activity,
  '/admin/settings': texts.settingsPage,
} as const satisfies Record<string, Text>;

/** The page of a section, by its path. */
export type Section = keyof typeof ownSections | keyof typeof inviting | keyof typeof adminSections;

interface Frame {
  user: User;
  visit: Visit;
  locale: Locale;
  settings: Settings;
  /** The section that the page belongs to. */
  section?: Section | undefined;
}

/**
 * The frame of every page of a signed-in user: the sections, the user's name, and the sign-out button, which works without scripts.
 * A page of a bound session does not name its owner (`web/visit.ts`).
 */
export function frame({ user, visit, locale, settings, section }: Frame): Fragment {
  const mayInvite = inviteQuota(user, settings) > 0 || (user.invitesSent ?? 0) > 0;
  return html`<div class="who">
      ${visit.boundSession ? '' : html`<span>${displayName(user)}</span>`}
      <form method="post" action="/logout">
        <button type="submit" class="plain">${pageTexts.signOut[locale]}</button>
      </form>
    </div>
    <div class="sections">
      ${links({ ...ownSections, ...(mayInvite && inviting) }, texts.sections, locale, section)}
      ${mayAdminister(user) ? links(adminSections, texts.administration, locale, section) : ''}
    </div>`;
}

const links = (
  sections: Readonly<Record<string, Text>>,
  name: Text,
  locale: Locale,
  here: string | undefined,
): Fragment =>
  html`<nav aria-label="${name[locale]}">
    ${Object.entries(sections).map(
      ([path, title]) =>
        html`<a href="${path}" ${path === here ? html`aria-current="page"` : ''}>${title[locale]}</a>`,
    )}
  </nav>`;
