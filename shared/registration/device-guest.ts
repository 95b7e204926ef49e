import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { readDeviceInvites } from './device-invites.ts';
import { devicePerson } from '../invites/redemption-writes.ts';
import { whenToTry, type Budget, type countTries } from '../guards/tries.ts';
import { mayGrant, type Invite } from '../invites/invite.ts';
import { statusRefusal } from './registration.ts';
import { onDevice } from '../users/user.ts';
import { newDeviceUser } from './new-user.ts';
import type { hashPasswords } from '../passwords/hash-passwords.ts';
import { newId, newName } from '../random.ts';
import type { Locale } from '../locale.ts';
import type { GenuineInvite, Guest, Refuse } from './guest.ts';

/** Wrong pass phrases of one invite, from all callers together. */
const budget: Budget = { limit: 5, windowMs: 10 * minute };

type Tools = Ports<readonly [typeof readDeviceInvites, typeof countTries, typeof hashPasswords]>;

interface DeviceEntry {
  passphrase: string;
  /** RFC 7638 thumbprint of the device key. */
  thumbprint: string;
  locale?: Locale | undefined;
  visitorLocale: Locale;
}

/** A guest of a device-only invite: the pass phrase lets them in once, the device's key identifies them afterwards. */
export function deviceGuest(entry: DeviceEntry, { devices, tries, passwords }: Tools, refuse: Refuse): Guest {
  const { passphrase, thumbprint } = entry;
  const person = devicePerson(thumbprint);
  const id = newId();

  /** The invite whose pass phrase was right: it is not asked for again in another round. */
  let checked: string | undefined;

  async function checkPassphrase({ id: inviteId, kind }: Invite, now: number): Promise<void> {
    if (checked === inviteId) return;
    if (kind !== 'device-only')
      return refuse('invalid', { errors: [{ path: 'passphrase', text: 'notForDevices' }] });
    const name = `passphrase#${inviteId}`;
    const until = await tries.take(name, budget, now);
    if (until !== undefined) return refuse('rate_limited', whenToTry(budget, until, now));
    let wrong = false;
    try {
      wrong = !(await passwords.matches(passphrase, await devices.passphrase(inviteId)));
    } finally {
      // What could not be compared was not wrong.
      await tries.settle(name, budget, now, wrong);
    }
    if (wrong) return refuse('invalid', { errors: [{ path: 'passphrase', text: 'wrongPassphrase' }] });
    checked = inviteId;
  }

  return {
    async known(invite, now) {
      const user = await devices.redeemer(invite.id, person);
      // After a move to another device, the old one does not let the user back in.
      if (user?.device !== thumbprint) return undefined;
      await checkPassphrase(invite, now);
      return { user, knownDevice: thumbprint };
    },

    async enter({ invite, status }: GenuineInvite, now: number) {
      const refusal = statusRefusal(status);
      if (refusal) return refuse(refusal);
      await checkPassphrase(invite, now);
      if (invite.recovers !== undefined) {
        const moved = (await devices.user(invite.recovers)) ?? refuse('invite_revoked');
        if (moved.status !== 'active') return refuse('invite_revoked');
        if (moved.id === invite.issuerId && !mayGrant(moved, invite)) return refuse('invite_revoked');
        const before = await devices.redemption(invite.id, devicePerson(moved.device ?? ''));
        return { invite, user: onDevice(moved, thumbprint), person, moved, broughtInBy: before?.issuerId };
      }
      const user = newDeviceUser({ ...entry, id, username: newName(), device: thumbprint, invite }, now);
      return { invite, user, person };
    },
  };
}
