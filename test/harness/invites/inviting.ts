import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { solvedCaptcha } from '../people/captchas.ts';
import { newDevice, prove, type TestDevice } from '../people/devices.ts';
import { send, type Answered } from '../http/http.ts';
import type { ShownInvite } from './invites.ts';
import {
  invite,
  mailedToken,
  register,
  somebody,
  tokenOf,
  type InviteRow,
  type SignedIn,
} from '../people/people.ts';

export type Created = Problem & { invites: InviteRow[] };

interface CreateOptions {
  /** Sent as Idempotency-Key. */
  key?: string;
  language?: string;
}

/** Asks for invites as an administrator, and returns any answer. */
export const createInvites = (
  stack: Stack,
  { session: { token } }: SignedIn,
  json: object,
  { key, language = 'en' }: CreateOptions = {},
): Promise<Answered<Created>> =>
  send(stack, 'POST', '/v1/admin/invites', {
    json,
    token,
    headers: { 'accept-language': language, ...(key !== undefined && { 'idempotency-key': key }) },
  });

export interface ReadInvite extends ShownInvite {
  usedBy: {
    userId: string;
    username: string | null;
    email: string | null;
    device?: string;
    at: string;
  }[];
  nextCursor: string | null;
  /** The time at which the invite reached each stage; null if it has not. */
  story: Record<string, string | null>;
}

/** One invite as admin-invite-read shows it. */
export const readInvite = (
  stack: Stack,
  { session: { token } }: SignedIn,
  id: string,
): Promise<Answered<ReadInvite & Problem>> => send(stack, 'GET', `/v1/admin/invites/${id}`, { token });

export const deleteInvite = (
  stack: Stack,
  { session: { token } }: SignedIn,
  id: string,
): Promise<Answered<Problem | undefined>> => send(stack, 'DELETE', `/v1/admin/invites/${id}`, { token });

/** Why a short code is refused; `active` if it is not. A wrong code counts as a guess, of which there are ten. */
export async function codeState(stack: Stack, code: string): Promise<string> {
  const ask = (captcha?: string) =>
    send<{ valid: boolean; reason?: string }>(stack, 'POST', '/v1/invites/verify', {
      json: { code, captcha },
    });
  const first = await ask();
  const { json } = first.status === 422 ? await ask(await solvedCaptcha(stack)) : first;
  return json.valid ? 'active' : String(json.reason);
}

/** A user who has registered by the link in their own mailbox. */
export async function verifiedUser(stack: Stack, admin: SignedIn, who = somebody()): Promise<SignedIn> {
  await invite(stack, admin, { emails: [who.email] });
  return register(stack, await mailedToken(stack, who.email), who);
}

interface Sent {
  id: string;
  email: string;
  expiresAt: string | null;
  invitesLeft: number;
}

/** Invites a guest as an ordinary user, and returns any answer. */
export const userInvite = async (
  stack: Stack,
  user: SignedIn,
  email: string,
  wish: object = {},
): Promise<Answered<Sent & Problem>> =>
  send(stack, 'POST', '/v1/invites', {
    json: { email, ...wish },
    ...(await asUser(stack, user, 'POST', '/v1/invites')),
  });

/** A new user whom another user has invited by mail. */
export async function bringIn(stack: Stack, user: SignedIn, who = somebody()): Promise<SignedIn> {
  const { status, text } = await userInvite(stack, user, who.email);
  if (status !== 201) throw new Error(`inviting answered ${status} ${text}`);
  return register(stack, await mailedToken(stack, who.email), who);
}

/** The audit entries about a subject, as action and actor, oldest first. */
export async function auditOf(stack: Stack, subjectId: string): Promise<string[]> {
  const { audit = [] } = await stack.dumpTables();
  const entries = audit as Record<'sk' | 'action' | 'actorId' | 'subjectId', { S: string } | undefined>[];
  return entries
    .filter((entry) => entry.subjectId?.S === subjectId)
    .sort((a, b) => (a.sk!.S < b.sk!.S ? -1 : 1))
    .map(({ action, actorId }) => `${action?.S} by ${actorId?.S}`);
}

/** A user who is signed in on a device, and the device that proves it. */
export interface DeviceUser extends SignedIn {
  device: TestDevice;
  inviteId: string;
  passphrase: string;
}

/** The credentials of a user's request: the session's token, and the device's proof if the session is bound to one. */
export async function asUser(
  stack: Stack,
  { session: { token }, device }: SignedIn & { device?: TestDevice },
  method: string,
  path: string,
): Promise<{ token: string; headers?: { dpop: string } }> {
  if (!device) return { token };
  return { token, headers: { dpop: await prove(stack, device, { method, path, beside: token }) } };
}

/** A user who is known by a device's key alone. */
export async function deviceUser(stack: Stack, admin: SignedIn, wish: object = {}): Promise<DeviceUser> {
  const passphrase = 'open sesame';
  const device = await newDevice();
  const { deviceKey } = device;
  const [row] = await invite(stack, admin, { kind: 'device-only', passphrase, ...wish });
  const json = { token: tokenOf(row!.url), passphrase, deviceKey, transport: 'token' };
  const answer = await send<SignedIn>(stack, 'POST', '/v1/register', { json });
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status} ${answer.text}`);
  return { ...answer.json, device, inviteId: row!.id, passphrase };
}

/** A user whose account is bound to a device by a mailed invite. */
export async function boundUser(stack: Stack, admin: SignedIn) {
  const [device, who] = [await newDevice(), somebody()];
  await invite(stack, admin, { kind: 'device', emails: [who.email] });
  const token = await mailedToken(stack, who.email);
  const signedIn = await register(stack, token, { ...who, deviceKey: device.deviceKey });
  return { device, who, signedIn };
}
