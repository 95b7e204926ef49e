import { Activity } from './admin/activity.tsx';
import { startDesk } from './start.tsx';

/** The pages of administrators. */
const views = { activity: Activity };
export type AdminView = keyof typeof views;

startDesk(views);
