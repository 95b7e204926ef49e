import * as z from 'zod/mini';
import type { Settings } from '#shared/deployment/settings.ts';
import { idField } from '#shared/http/fields.ts';
import { seeOther, type Answer } from '#shared/http/answer.ts';
import type { Text } from '#shared/locale.ts';
import type { Log } from '#shared/aws/log.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { mayAdminister, type User } from '#shared/users/user.ts';
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
  /** Facts about the deployment for the view, besides the `id` of its path; never a secret. */
  facts?(settings: Settings): object;
}

/**
 * Where to lead a user who may not see administrators' pages. A user without the role is sent home and told so (R4.14). An
 * administrator whose mailbox is unproven, whom the API would refuse, is led to the page that proves it.
 */
export function notForThem(user: User, log: Log): Answer | undefined {
  if (user.role !== 'admin') {
    log.warn('permission.denied', { userId: user.id });
    return seeOther('/?notice=forbidden');
  }
  return mayAdminister(user) ? undefined : seeOther('/verify');
}

/** Declares a page for administrators, which leads other users away. */
export const adminPage = ({ summary, path, section, facts, ...shown }: AdminPage): Operation =>
  page({
    summary,
    path,
    auth: 'session',
    uses: [],
    errors: [],
    rate: [],
    ...(path.endsWith('/{id}') && { params: z.object({ id: idField }) }),
    async run({ params, caller: { user, session }, request: { locale, at: now }, settings, log }) {
      const elsewhere = notForThem(user, log);
      if (elsewhere) return elsewhere;
      return deskPage({
        desk: 'admin',
        ...shown,
        section,
        facts: { ...facts?.(settings), ...(params as { id?: string } | undefined) },
        user,
        visit: visitOf(session),
        now,
        locale,
        settings,
      });
    },
  });
