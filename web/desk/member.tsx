import { Account } from './member/account.tsx';
import { Keys } from './member/keys.tsx';
import { OwnInvites } from './member/own-invites.tsx';
import { startDesk } from './start.tsx';

/** The pages on which people see to what is their own. */
const views = { account: Account, keys: Keys, invites: OwnInvites };
export type MemberView = keyof typeof views;

startDesk(views);
