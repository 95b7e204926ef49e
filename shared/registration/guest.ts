import type { InviteUse } from '../invites/redemption-writes.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import type { Session } from '../sessions/session.ts';
import type { Channel, Invite } from '../invites/invite.ts';
import type { InviteStatus } from '../invites/states.ts';
import type { User } from '../users/user.ts';
import type { Fail } from '../errors/failure.ts';
import type { RegistrationError } from './registration.ts';

/** A guest's use of an invite, with the user, credentials and session that are made for them. */
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
  /** The hash or thumbprint by which their account knows this device; undefined if the device is unknown to it. */
  knownDevice?: string | undefined;
}

/** A person who redeems an invite: with an account of their own, or by a device key. */
export interface Guest {
  /**
   * The user that this guest has become by this invite before, if the guest can prove it. This lets in a client whose
   * answer was lost (C3).
   */
  known(invite: Invite, now: number): Promise<KnownGuest | undefined>;
  /** The redemption to write for the guest, without its session. @throws the error that says why the guest is refused. */
  enter(invite: GenuineInvite, now: number): Promise<Omit<Redemption, 'session'>>;
}
