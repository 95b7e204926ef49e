import * as z from 'zod/mini';
import { sessionExpiry, transports, type Session } from './session.ts';
import { networkOf } from '../http/address.ts';
import { deviceName } from './device-name.ts';
import { toIso } from '../http/time.ts';

/** Characters of a browser's fingerprint that are enough for users to tell their own browsers apart. */
const hintLength = 8;

/** A session in the list of its user's sessions. */
export const listedSessionResponse = z.object({
  id: z.string(),
  /** Whether it is the caller's session. */
  current: z.boolean(),
  device: z.object({ name: z.nullable(z.string()), hint: z.optional(z.string()) }),
  /** The network that the session began in. */
  address: z.nullable(z.string()),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  deviceBound: z.boolean(),
  transport: z.enum(transports),
});

/** A session without data that could be used elsewhere: the network in place of the address, only the start of a fingerprint. */
export const showListedSession = async (
  session: Session,
  current: Session,
): Promise<z.input<typeof listedSessionResponse>> => ({
  id: session.id,
  current: session.id === current.id,
  device: {
    name: (await deviceName(session.userAgent)) ?? null,
    hint: session.deviceId?.slice(0, hintLength),
  },
  address: networkOf(session.address) ?? null,
  createdAt: toIso(session.createdAt),
  lastSeenAt: toIso(session.lastSeenAt),
  expiresAt: toIso(sessionExpiry(session)),
  deviceBound: session.keyThumbprint !== undefined,
  transport: session.transport,
});
