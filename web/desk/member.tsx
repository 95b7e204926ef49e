import { Account } from './member/account.tsx';
import { Keys } from './member/keys.tsx';
import { OwnInvites } from './member/own-invites.tsx';
import { startDesk } from './start.tsx';

/** The pages on which users manage their own account, keys and invites. */
const views = { account: Account, keys: Keys, invites: OwnInvites };
export type MemberView = keyof typeof views;

startDesk(views);
