import type { Ports } from '../deployment/capability.ts';
import { day, type Clock } from '../clock.ts';
import type { findAccounts } from '../sessions/find-accounts.ts';
import type { recordAudit } from '../audit/write-audit.ts';
import type { lockout } from '../guards/lockout.ts';
import type { redeemInvite } from './redeem-invite.ts';
import type { ProfileTexts } from '../users/profile-fields.ts';
import { openRegistration, provesMailbox } from '../invites/invite.ts';
import { registrationRefusal } from './registration.ts';
import { newUser } from './new-user.ts';
import type { Credentials, hashPasswords } from '../passwords/hash-passwords.ts';
import { Failure } from '../errors/failure.ts';
import { guardPassword, accountSubject } from '../guards/guard-password.ts';
import { newId } from '../random.ts';
import { refuseWeakPassword } from '../passwords/refuse-weak-password.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Locale } from '../locale.ts';
import type { Admission } from './limit-registrations.ts';
import { boundAsking } from './bound-asking.ts';
import type { Guesser } from '../guards/guard-guessing.ts';
import type { countOutcomes } from '../guards/rates.ts';
import type { requireCaptchas } from '../guards/require-captchas.ts';
import type { GenuineInvite, Guest, Refuse } from './guest.ts';

type Tools = Ports<
  readonly [
    typeof findAccounts,
    typeof redeemInvite,
    typeof hashPasswords,
    typeof lockout,
    typeof recordAudit,
    typeof countOutcomes,
    typeof requireCaptchas,
  ]
> & { clock: Clock; admission: Admission };

/** How long a registration can be repeated: a client misses a lost answer at once. */
const repeatableMs = day;

interface Account extends ProfileTexts {
  email: string;
  username: string;
  password: string;
  locale?: Locale | undefined;
  visitorLocale: Locale;
  /** RFC 7638 thumbprint of the device key. */
  thumbprint: string | undefined;
  caller: Guesser;
  /** Hashes of the secrets of devices that the caller showed. */
  devices: readonly string[];
}

/** A lock counts as no match: if it were told, the holders of an invite would learn who came in by it, past `boundAsking` (C104). */
function noMatchWhereLocked(error: unknown): false {
  if (error instanceof Failure && error.code === 'locked') return false;
  throw error;
}

/** A guest with an address, a name and a password of their own. */
export function accountGuest(account: Account, tools: Tools, settings: Settings, refuse: Refuse): Guest {
  const { accounts, redemption, passwords } = tools;
  const { email, username, password, thumbprint, caller, devices } = account;
  const { address } = caller.request;
  const id = newId();
  let credentials: Credentials | undefined;
  let claims: Awaited<ReturnType<typeof redemption.claims>> = {};

  return {
    async known({ id: inviteId }, now) {
      // Read before the account, and relied on below: a claim that is made in between is seen in the next round.
      claims = await redemption.claims(email, username);
      // The same calls for members and free addresses: the account is looked up only for guests of this invite (C104).
      // Open registration keeps no uses.
      const isGuest =
        inviteId === openRegistration.id
          ? claims.email !== undefined || claims.username !== undefined
          : await redemption.isUsedBy(inviteId, email);
      // Two rows of one read are no snapshot: an earlier copy of the same registration may have been written between them.
      // A second read shows whose the name is, so that guests are not refused their own names.
      if (isGuest && !claims.email) claims = await redemption.claims(email, username);
      const known = isGuest && claims.email && (await accounts.find(email, now, devices));
      if (!known || known.user.inviteId !== inviteId || now - known.user.createdAt > repeatableMs)
        return undefined;
      // A repeat is a sign-in and counts as one, so that it is no second way to guess passwords.
      const matches = await guardPassword({ told: accountSubject(known) }, tools, {
        // A disabled user's password counts as wrong, as at sign-in.
        verify: async () =>
          (await passwords.matches(password, known.credentials)) && known.user.status === 'active',
      }).catch(noMatchWhereLocked);
      if (matches) return known;
      const subjectId = known.user.id;
      await tools.audit.record({ action: 'session.create', outcome: 'refused', subjectId, address, at: now });
      return undefined;
    },

    async enter({ invite, status, channel }: GenuineInvite, now: number) {
      const about = { invite, status, channel, email };
      const refusal = registrationRefusal({ ...about, claims: {} });
      if (refusal) return refuse(refusal);
      if (invite.kind === 'device-only')
        return refuse('invalid', { errors: [{ path: 'passphrase', text: 'missing' }] });
      if (invite.kind === 'device' && !thumbprint) {
        return refuse('invalid', { errors: [{ path: 'deviceKey', text: 'deviceKey' }] });
      }
      await refuseWeakPassword(password, account, settings, refuse);
      // Last, when nothing else prevents a use: otherwise a caller could ask at no cost, by sending a bad password (C104).
      const taken = registrationRefusal({ ...about, claims });
      await boundAsking(invite, taken !== undefined, caller, tools, settings, now);
      if (taken) {
        // At the limit a free address gets `rate_limited`. A taken one must get the same, or the answers would tell them apart (C104).
        await tools.admission.look(now);
        return refuse(taken);
      }
      // Everything else is checked: only now is the password worth its costly hash.
      await tools.admission.count(now);
      credentials ??= await passwords.hash(id, password, now);
      const emailVerified = provesMailbox(invite, channel, email);
      const device = invite.kind === 'device' ? thumbprint : undefined;
      const user = newUser({ ...account, id, emailVerified, invite, device }, now);
      return { invite, user, credentials, person: email, displaced: claims.email?.userId };
    },
  };
}
