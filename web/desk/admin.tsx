import { Activity } from './admin/activity.tsx';
import { InvitePage } from './admin/invite-story/invite-page.tsx';
import { Invites } from './admin/invites/invites.tsx';
import { Inviting } from './admin/inviting/inviting.tsx';
import { Overview } from './admin/overview.tsx';
import { People } from './admin/people.tsx';
import { Person } from './admin/person.tsx';
import { startDesk } from './start.tsx';

/** The pages of administrators. */
const views = {
  activity: Activity,
  invite: InvitePage,
  invites: Invites,
  inviting: Inviting,
  overview: Overview,
  people: People,
  person: Person,
};
export type AdminView = keyof typeof views;

startDesk(views);
