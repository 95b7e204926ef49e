import { Activity } from './admin/activity.tsx';
import { Overview } from './admin/overview.tsx';
import { People } from './admin/people.tsx';
import { Person } from './admin/person.tsx';
import { startDesk } from './start.tsx';

/** The pages of administrators. */
const views = { overview: Overview, activity: Activity, people: People, person: Person };
export type AdminView = keyof typeof views;

startDesk(views);
