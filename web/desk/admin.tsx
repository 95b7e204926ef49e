import { Activity } from './admin/activity.tsx';
import { People } from './admin/people.tsx';
import { startDesk } from './start.tsx';

/** The pages of administrators. */
const views = { activity: Activity, people: People };
export type AdminView = keyof typeof views;

startDesk(views);
