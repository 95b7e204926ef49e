import { day } from '../clock.ts';
import type { Invite } from '../invites/invite.ts';

/** SES's mailbox simulator takes the mail and says so, and nobody reads it: an invite to it lets nobody in. */
const simulator = /^success\+[\w-]+@simulator\.amazonses\.com$/;

/** An invite by which an operator sees that mail goes out and comes to be told of. It is one for an address, as most are. */
export const probeInvite = (id: string, now: number): Invite => ({
  id,
  kind: 'email',
  state: 'active',
  role: 'general',
  email: `success+${id.toLowerCase()}@simulator.amazonses.com`,
  label: 'doctor',
  maxUses: 1,
  uses: 0,
  generation: 0,
  createdAt: now,
  expiresAt: now + day,
  days: 1,
  delivery: 'pending',
});

/** Whether the invite is for the mailbox simulator, so that it is no guest's. */
export const isProbe = ({ email = '' }: Invite): boolean => simulator.test(email);
