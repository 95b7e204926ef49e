import * as z from 'zod/mini';
import { type Session, sessionExpiry } from './session.ts';
import { toIso } from '../http/time.ts';

/** A session as its owner sees it; `token` only if the client asked for it in the body. */
export const sessionResponse = z.object({
  id: z.string(),
  token: z.optional(z.string()),
  expiresAt: z.string(),
  deviceBound: z.boolean(),
});

export const showSession = (
  session: Session,
  token: string | undefined,
): z.input<typeof sessionResponse> => ({
  id: session.id,
  token,
  expiresAt: toIso(sessionExpiry(session)),
  deviceBound: session.keyThumbprint !== undefined,
});
