import type { Settings } from '#shared/deployment/settings.ts';
import { seeOther } from '#shared/http/answer.ts';
import type { Text } from '#shared/locale.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { mayAdminister } from '#shared/users/user.ts';
import { deskPage } from './desk.ts';
import type { AdminView } from './desk/admin.tsx';
import type { Section } from './frame.ts';
import { page } from './page.ts';
import { visitOf } from './visit.ts';

interface AdminPage {
  summary: string;
  path: Section | `${Section}/${string}`;
  section: Section;
  view: AdminView;
  title: Text;
  texts: Readonly<Record<string, Text>>;
  /** What the view is told of the deployment; never a secret. */
  facts?(settings: Settings): object;
}

/**
 * Declares a page of administrators. Whoever is none is sent home and told so (R4.14); an administrator whose mailbox is
 * not proven, whom the API would refuse, is led to where it is proven.
 */
export const adminPage = ({ summary, path, section, facts, ...shown }: AdminPage): Operation =>
  page({
    summary,
    path,
    auth: 'session',
    uses: [],
    errors: [],
    rate: [],
    async run({ caller: { user, session }, request: { locale, at: now }, settings, log }) {
      if (user.role !== 'admin') {
        log.warn('permission.denied', { userId: user.id });
        return seeOther('/?notice=forbidden');
      }
      if (!mayAdminister(user)) return seeOther('/verify');
      return deskPage({
        desk: 'admin',
        ...shown,
        section,
        facts: facts?.(settings) ?? {},
        user,
        visit: visitOf(session),
        now,
        locale,
        settings,
      });
    },
  });
