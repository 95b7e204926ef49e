import * as z from 'zod/mini';
import { callLimits, ofCallLimits } from './call-limits.ts';
import { inviteQuota, userStatuses, type User } from './user.ts';
import type { Settings } from '../deployment/settings.ts';
import { showUser, userResponse } from './show-user.ts';

/** A user as administrators see one in a list. */
export const listedUserResponse = z.object({
  ...userResponse.shape,
  status: z.enum(userStatuses),
  label: z.optional(z.string()),
  deviceOnly: z.boolean(),
});

export const showListedUser = (user: User): z.input<typeof listedUserResponse> => ({
  ...showUser(user),
  status: user.status,
  label: user.label,
  deviceOnly: user.deviceOnly ?? false,
});

const limit = z.nullable(z.int());

/** All that administrators see of a user. */
export const managedUserResponse = z.object({
  ...userResponse.shape,
  disabled: z.boolean(),
  deviceBound: z.boolean(),
  deviceOnly: z.boolean(),
  /** The user's limits; null if the deployment's apply. */
  limits: z.object({ invites: z.int(), ...ofCallLimits(() => limit) }),
  invitesSent: z.int(),
  inviteId: z.string(),
  label: z.optional(z.string()),
});

/** A user as administrators see them; limits that are not the user's own are null, except that of invites. */
export const showManagedUser = (user: User, settings: Settings): z.input<typeof managedUserResponse> => ({
  ...showUser(user),
  disabled: user.status === 'disabled',
  deviceBound: user.device !== undefined,
  deviceOnly: user.deviceOnly ?? false,
  limits: {
    invites: inviteQuota(user, settings),
    ...ofCallLimits((name) => user[callLimits[name]] ?? null),
  },
  invitesSent: user.invitesSent ?? 0,
  inviteId: user.inviteId,
  label: user.label,
});
