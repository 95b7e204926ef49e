import * as z from 'zod/mini';
import { auditOutcomes } from '../audit/actions.ts';
import type { AuditEntry } from '../audit/write-audit.ts';
import type { DeviceRow } from '../sessions/session-rows.ts';
import type { ApiKey } from '../vault/api-key.ts';
import type { Quota } from '../quotas/quota.ts';
import { sessionExpiry, transports, type Session } from '../sessions/session.ts';
import { inviteQuota, userStatuses, type User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { apiKeyResponse } from '../vault/show-key.ts';
import { callsResponse, showCalls } from '../quotas/show-quota.ts';
import { toIso, toIsoOrNull } from '../http/time.ts';
import { showUser, userResponse } from '../users/show-user.ts';

/** A user with all that is stored about them. */
export const wholeUser = z.object({
  ...userResponse.shape,
  status: z.enum(userStatuses),
  epoch: z.int(),
  /** When the user's profile or address, or the proof of the address, last changed. */
  updatedAt: z.nullable(z.string()),
  /** Thumbprint (RFC 7638) of the device key that the account is bound to. */
  device: z.nullable(z.string()),
  deviceOnly: z.boolean(),
  /** Label of the invite that let the user in. */
  label: z.nullable(z.string()),
  firstAppSignInAt: z.nullable(z.string()),
  firstRelayAt: z.nullable(z.string()),
  ...callsResponse.shape,
  limits: z.object({ invites: z.int() }),
  invitesSent: z.int(),
});

export const showWholeUser = (
  user: User,
  quota: Quota,
  settings: { userInvites: number },
): z.input<typeof wholeUser> => ({
  ...showUser(user),
  status: user.status,
  epoch: user.epoch,
  updatedAt: toIsoOrNull(user.updatedAt),
  device: user.device ?? null,
  deviceOnly: user.deviceOnly ?? false,
  label: user.label ?? null,
  firstAppSignInAt: toIsoOrNull(user.firstAppSignInAt),
  firstRelayAt: toIsoOrNull(user.firstRelayAt),
  ...showCalls(quota),
  limits: { invites: inviteQuota(user, settings) },
  invitesSent: user.invitesSent ?? 0,
});

/** How a password is stored, without the hash, from which the password could be guessed. */
export const credentialsMeta = z.object({
  algorithm: z.string(),
  /** Cost factor of bcrypt. */
  cost: z.optional(z.int()),
  updatedAt: z.string(),
});

export const showCredentials = (credentials: Credentials): z.input<typeof credentialsMeta> => ({
  ...credentials,
  updatedAt: toIso(credentials.updatedAt),
});

/** A session with all that is stored about it, except its hashes. */
export const wholeSession = z.object({
  id: z.string(),
  transport: z.enum(transports),
  epoch: z.int(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  deviceId: z.nullable(z.string()),
  keyThumbprint: z.nullable(z.string()),
  address: z.string(),
  userAgent: z.string(),
});

export const showWholeSession = (session: Session): z.input<typeof wholeSession> => ({
  ...session,
  createdAt: toIso(session.createdAt),
  lastSeenAt: toIso(session.lastSeenAt),
  expiresAt: toIso(sessionExpiry(session)),
  deviceId: session.deviceId ?? null,
  keyThumbprint: session.keyThumbprint ?? null,
});

/** A known device, without its id, which is the hash of a cookie or the thumbprint of a key. */
export const wholeDevice = z.object({
  createdAt: z.nullable(z.string()),
  lastSeenAt: z.nullable(z.string()),
  address: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
});

export const showWholeDevice = (device: DeviceRow): z.input<typeof wholeDevice> => ({
  createdAt: toIsoOrNull(device.createdAt),
  lastSeenAt: toIsoOrNull(device.lastSeenAt),
  address: device.address ?? null,
  userAgent: device.userAgent ?? null,
});

/** An API key with all that is stored about it, except its ciphertext. */
export const wholeKey = z.object({
  ...z.omit(apiKeyResponse, { title: true, state: true }).shape,
  /** When a mail will remind the user of its expiry. */
  remindAt: z.nullable(z.string()),
});

export const showWholeKey = (key: ApiKey): z.input<typeof wholeKey> => ({
  ...key,
  createdAt: toIso(key.createdAt),
  expiresAt: toIso(key.expiresAt),
  lastUsedAt: toIsoOrNull(key.lastUsedAt),
  remindAt: toIsoOrNull(key.remindAt),
});

export const auditLine = z.object({
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  subjectId: z.nullable(z.string()),
  address: z.nullable(z.string()),
  /** For an API key: its service, and the provider's operation that it was decrypted for. */
  service: z.nullable(z.string()),
  call: z.nullable(z.string()),
  /** For a relayed call: the requested model, and the status of the provider's answer. */
  model: z.nullable(z.string()),
  status: z.nullable(z.int()),
  /** For a sign-in to an app: the app's name. */
  app: z.nullable(z.string()),
  /** The reason that an administrator gave, in their words. */
  reason: z.nullable(z.string()),
  at: z.string(),
});

export const showAudit = (entry: AuditEntry): z.input<typeof auditLine> => ({
  action: entry.action,
  outcome: entry.outcome,
  subjectId: entry.subjectId ?? null,
  address: entry.address ?? null,
  service: entry.service ?? null,
  call: entry.call ?? null,
  model: entry.model ?? null,
  status: entry.status ?? null,
  app: entry.app ?? null,
  reason: entry.reason ?? null,
  at: toIso(entry.at),
});
