import * as z from 'zod/mini';
import { ofProfileFields, profileOf } from './profile-fields.ts';
import { roles, type User } from './user.ts';
import { locales } from '../locale.ts';
import { toIso } from '../http/time.ts';

/** A user in answers, which show one only to that user and to administrators. */
export const userResponse = z.object({
  id: z.string(),
  username: z.string(),
  email: z.nullable(z.string()),
  emailVerified: z.boolean(),
  ...ofProfileFields(() => z.string()),
  role: z.enum(roles),
  locale: z.enum(locales),
  createdAt: z.string(),
});

export const showUser = (user: User): z.input<typeof userResponse> => ({
  ...user,
  ...profileOf(user),
  email: user.email ?? null,
  createdAt: toIso(user.createdAt),
});
