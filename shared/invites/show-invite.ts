import * as z from 'zod/mini';
import { grantsMore, inviteKinds, inviteStatus, type Invite } from './invite.ts';
import { inviteStatuses } from './states.ts';
import { deliveries, deliveryReasons } from '../mail/delivery.ts';
import { mayAdminister, roles, type User } from '../users/user.ts';
import { locales } from '../locale.ts';
import { readable } from '../others-words.ts';
import { expiryToIso, toIso } from '../http/time.ts';

/** An invite as admins see it. */
export const inviteResponse = z.object({
  id: z.string(),
  kind: z.enum(inviteKinds),
  status: z.enum(inviteStatuses),
  role: z.enum(roles),
  email: z.optional(z.string()),
  note: z.optional(z.string()),
  label: z.optional(z.string()),
  message: z.optional(z.string()),
  /** The app that its guest lands in. */
  app: z.optional(z.string()),
  locale: z.optional(z.enum(locales)),
  maxUses: z.int(),
  uses: z.int(),
  usesLeft: z.int(),
  inviter: z.optional(z.string()),
  delivery: z.optional(z.enum(deliveries)),
  createdAt: z.string(),
  expiresAt: z.nullable(z.string()),
  /** Why the mail came to nothing. */
  deliveryReason: z.optional(z.enum(deliveryReasons)),
});

/** An invite with its status by the clock; name and note without characters that hide their surroundings or turn them around (C80). */
export const showInvite = (invite: Invite, now: number): z.input<typeof inviteResponse> => ({
  ...invite,
  status: inviteStatus(invite, now),
  usesLeft: invite.maxUses - invite.uses,
  inviter: invite.issuerName && readable(invite.issuerName),
  note: invite.note && readable(invite.note),
  createdAt: toIso(invite.createdAt),
  expiresAt: expiryToIso(invite.expiresAt),
});

/**
 * An invite as its issuer sees it. Notes are for administrators. A former administrator sees only the notes of invites that they made
 * themselves and that a member could make, not another's note on an invite that they took over.
 */
export const showOwnInvite = (invite: Invite, issuer: User, now: number): z.input<typeof inviteResponse> => {
  const isOwn = !grantsMore(invite) && !invite.takenOver;
  const { note, ...shown } = showInvite(invite, now);
  return isOwn || mayAdminister(issuer) ? { ...shown, note } : shown;
};

/** The link that a guest follows. */
export const inviteUrl = (origin: string, token: string): string => `${origin}/invite/${token}`;
