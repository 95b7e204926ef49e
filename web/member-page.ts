import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale, Text } from '#shared/locale.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { User } from '#shared/users/user.ts';
import { deskPage } from './desk.ts';
import type { MemberView } from './desk/member.tsx';
import type { Section } from './frame.ts';
import { page } from './page.ts';
import { visitOf } from './visit.ts';

interface MemberPage {
  summary: string;
  path: Section;
  view: MemberView;
  title: Text;
  texts: Readonly<Record<string, Text>>;
  /** Facts about the deployment for the view; nothing about the page's owner, whom a stolen cookie would reveal (C69). */
  facts?(settings: Settings, user: User, locale: Locale): object;
}

/** Declares a page on which users manage what is their own. */
export const memberPage = ({ summary, path, facts, ...shown }: MemberPage): Operation =>
  page({
    summary,
    path,
    auth: 'session',
    uses: [],
    errors: [],
    rate: [],
    run: async ({ caller: { user, session }, request: { locale, at: now }, settings }) =>
      deskPage({
        desk: 'member',
        ...shown,
        section: path,
        facts: facts?.(settings, user, locale) ?? {},
        user,
        visit: visitOf(session),
        now,
        locale,
        settings,
      }),
  });
