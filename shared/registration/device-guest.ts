import type { Ports } from '../deployment/capability.ts';
import { day, minute } from '../clock.ts';
import type { readDeviceInvites } from './device-invites.ts';
import { devicePerson } from '../invites/redemption-writes.ts';
import {
  guardGuessing,
  unlimited,
  type GuessBudget,
  type Guesser,
  type GuessTools,
} from '../guards/guard-guessing.ts';
import { addressBucket } from '../http/address.ts';
import { mayGrant, type Invite } from '../invites/invite.ts';
import { statusRefusal } from './registration.ts';
import { onDevice } from '../users/user.ts';
import { newDeviceUser } from './new-user.ts';
import { withoutSurroundings } from '../others-words.ts';
import type { Credentials, hashPasswords } from '../passwords/hash-passwords.ts';
import { newId, newName } from '../random.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Locale } from '../locale.ts';
import type { Admission } from './limit-registrations.ts';
import type { GenuineInvite, Guest, Refuse } from './guest.ts';

/**
 * Budgets for wrong pass phrases of an invite. An attacker who guesses waits, and not the invite's other guests (C102):
 * beyond the free tries of an address, and beyond those of all addresses, each try costs a captcha, and a caller who solves
 * it gets through. Without captchas there is no way past a spent budget, so fewer guesses are checked.
 */
const budgetsOf = (inviteId: string, address: string, hasCaptchas: boolean): GuessBudget[] => [
  {
    name: `passphrase#${inviteId}#${addressBucket(address)}`,
    free: 5,
    limit: hasCaptchas ? 60 : 10,
    windowMs: 10 * minute,
  },
  {
    name: `passphrase#${inviteId}`,
    free: 100,
    limit: hasCaptchas ? unlimited : 300,
    windowMs: day,
  },
];

type Tools = Ports<readonly [typeof readDeviceInvites, typeof hashPasswords]> &
  GuessTools & { admission: Admission };

interface DeviceEntry {
  passphrase: string;
  caller: Guesser;
  /** RFC 7638 thumbprint of the device key. */
  thumbprint: string;
  locale?: Locale | undefined;
  visitorLocale: Locale;
}

/** Whether a typed pass phrase is the stored one. Earlier releases may have stored it with blanks around it. */
async function isRight(
  typed: string,
  kept: Credentials | undefined,
  passwords: Tools['passwords'],
): Promise<boolean> {
  const bare = withoutSurroundings(typed);
  if (await passwords.matches(bare, kept)) return true;
  return bare !== typed && passwords.matches(typed, kept);
}

/** A guest of a device-only invite: the pass phrase lets them in once, the device's key identifies them afterwards. */
export function deviceGuest(
  entry: DeviceEntry,
  { devices, passwords, ...tools }: Tools,
  { captcha }: Pick<Settings, 'captcha'>,
  refuse: Refuse,
): Guest {
  const { passphrase, caller, thumbprint } = entry;
  const person = devicePerson(thumbprint);
  const id = newId();

  /** Id of the invite whose pass phrase was right: another round does not check it again. */
  let checked: string | undefined;

  async function checkPassphrase({ id: inviteId, kind }: Invite, now: number): Promise<void> {
    if (checked === inviteId) return;
    if (kind !== 'device-only')
      return refuse('invalid', { errors: [{ path: 'passphrase', text: 'notForDevices' }] });
    const budgets = budgetsOf(inviteId, caller.request.address, captcha !== 'off');
    checked = await guardGuessing(budgets, caller, tools, now, async () =>
      (await isRight(passphrase, await devices.passphrase(inviteId), passwords)) ? inviteId : undefined,
    );
    if (checked === undefined)
      return refuse('invalid', { errors: [{ path: 'passphrase', text: 'wrongPassphrase' }] });
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
      await tools.admission.count(now);
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
