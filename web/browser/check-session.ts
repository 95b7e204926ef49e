import type readMe from '#functions/me/read.ts';
import type verifySession from '#functions/session/verify.ts';
import { call, isEdited } from './api.ts';
import { deviceHint } from './device-hint.ts';
import { isBound } from './proof.ts';

/** Tells the server, once per view, that the session is in use here; leads away when it is over, but for whoever writes: what they do next says it. */
export async function checkSession(): Promise<void> {
  const deviceId = await deviceHint();
  const answer = await call<typeof verifySession>(
    'POST',
    '/v1/sessions/verify',
    deviceId ? { deviceId } : {},
  );
  if (answer.valid) return;
  // A bound session is refused where its key is missing too. Its page says so, and leads away when it is over.
  if (isBound) await call<typeof readMe>('GET', '/v1/me');
  else if (!isEdited()) location.assign(answer.redirect);
}
