import * as z from 'zod/mini';
import { findSessions } from '#shared/data/session-reads.ts';
import { deviceIdField } from '#shared/fields.ts';
import { entrance } from '#shared/http/entrance.ts';
import { sessionCookie, sessionToken, speaksByCookie } from '#shared/http/session-cookie.ts';
import { showUser, userResponse } from '#shared/http/user.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'Says whether the session is good, and records its use.',
  method: 'POST',
  path: '/v1/sessions/verify',
  auth: 'public',
  body: z.strictObject({ deviceId: z.optional(deviceIdField) }),
  response: z.union([
    z.object({ valid: z.literal(true), user: userResponse }),
    z.object({ valid: z.literal(false), redirect: z.string() }),
  ]),
  uses: [findSessions],
  errors: [],
  rate: [{ per: 'address', limit: 60, window: '1m' }],
  async run({ sessions, clock, settings, request, cookies }) {
    const now = clock.now();
    const token = sessionToken(request);
    const found = token && (await sessions.find(token, now));
    if (!token || !found) return { valid: false, redirect: entrance(settings) } as const;
    const session = await sessions.touch(found.session, now);
    if (speaksByCookie(request)) cookies.push(sessionCookie(token, session, now));
    return { valid: true, user: showUser(found.user) } as const;
  },
});
