import type { InviteUse } from '../invites/redemption-writes.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import type { Session } from '../sessions/session.ts';
import type { Channel, Invite } from '../invites/invite.ts';
import type { InviteStatus } from '../invites/states.ts';
import type { User } from '../users/user.ts';
import type { Fail } from '../errors/failure.ts';
import type { RegistrationError } from './registration.ts';

/** A guest's use of an invite, with what is made for them. */
export interface Redemption extends InviteUse {
  user: User;
  /** Absent for users who are known by their device alone. */
  credentials?: Credentials;
  session: Session;
}

export interface GenuineInvite {
  invite: Invite;
  status: InviteStatus;
  channel: Channel;
}

/** Ends a registration with one of the errors that it declares. */
export type Refuse = Fail<RegistrationError | 'invalid' | 'weak_password' | 'rate_limited'>;

export interface KnownGuest {
  user: User;
  /** What their account knows this device by; undefined on another one. */
  knownDevice?: string | undefined;
}

/** A person who redeems an invite: with an account of their own, or by a device key. */
export interface Guest {
  /**
   * The user whom this guest has become by this invite before, if they can show that it was them: that is how a
   * client comes in whose answer was lost (C3).
   */
  known(invite: Invite, now: number): Promise<KnownGuest | undefined>;
  /** What to write for them, but for the session; or the error that says why not. */
  enter(invite: GenuineInvite, now: number): Promise<Omit<Redemption, 'session'>>;
}
