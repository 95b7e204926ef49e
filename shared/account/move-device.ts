import type { Ports } from '../deployment/capability.ts';
import type { checkFlows } from '../codes/check-flows.ts';
import type { moveDevices } from './move-devices.ts';
import { newSession, type Device, type Started } from '../sessions/start-sessions.ts';
import { onDevice, type User } from '../users/user.ts';
import type { FailureDetail } from '../errors/failure.ts';
import type { Settings } from '../deployment/settings.ts';

type Tools = Ports<readonly [typeof checkFlows, typeof moveDevices]> & { settings: Settings };

/**
 * Signs in a user who is bound to another device and binds them to this one, if they bring the code that was mailed
 * for the move. The password alone is not enough: the binding would then protect nothing.
 * @param refuse also writes a line to the audit trail, because the caller had the right password.
 * @returns undefined when the user changed in the same moment.
 */
export async function moveDevice(
  user: User,
  { flow, code }: { flow?: string | undefined; code?: string | undefined },
  device: Device,
  { flows, sessions, settings }: Tools,
  now: number,
  refuse: (code: 'device_mismatch' | 'code_invalid', mistake?: FailureDetail) => Promise<never>,
): Promise<Started | undefined> {
  const { keyThumbprint } = device;
  const { email } = user;
  if (flow === undefined || code === undefined || keyThumbprint === undefined || email === undefined) {
    return refuse('device_mismatch');
  }
  const wanted = { purpose: 'session-create', email } as const;
  const { letter, mistake } = await flows.check(wanted, { flow, code }, now);
  if (!letter) return refuse('code_invalid', mistake);
  const after = onDevice(user, keyThumbprint);
  const started = newSession(settings, after, device, now);
  return (await sessions.move({ before: user, after }, started.session, letter, now)) ? started : undefined;
}
