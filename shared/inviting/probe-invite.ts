import { day } from '../clock.ts';
import type { Invite } from '../invites/invite.ts';

/** SES's mailbox simulator accepts mail and reports its delivery, and no one reads the mail: an invite to it admits no guest. */
const simulator = /^success\+[\w-]+@simulator\.amazonses\.com$/;

/** An invite by which an operator checks that mail goes out and that its delivery is reported. It is for one address, as most are. */
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

/** Whether the invite is for the mailbox simulator, and so for no guest. */
export const isProbe = ({ email = '' }: Invite): boolean => simulator.test(email);
