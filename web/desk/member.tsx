import { OwnInvites } from './member/own-invites.tsx';
import { startDesk } from './start.tsx';

/** The pages on which people see to what is their own. */
const views = { invites: OwnInvites };
export type MemberView = keyof typeof views;

startDesk(views);
