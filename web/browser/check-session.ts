import type readMe from '#functions/me/read.ts';
import type verifySession from '#functions/session/verify.ts';
import { call, loginPath } from './api.ts';
import { isEdited } from './is-edited.ts';
import { deviceHint } from './device-hint.ts';
import { noteOwner } from './present-session.ts';
import { isBound } from './proof.ts';

/**
 * Tells the server that the session is in use here, whenever the page is looked at; leads away when it is over, but for whoever
 * writes: what they do next says it.
 */
export async function checkSession(): Promise<void> {
  const deviceId = await deviceHint();
  const answer = await call<typeof verifySession>(
    'POST',
    '/v1/sessions/verify',
    deviceId ? { deviceId } : {},
  );
  if (answer.valid) noteOwner(answer.user.id);
  // A bound session is refused where its key is missing too. Its page says so, and leads away when it is over.
  else if (isBound()) noteOwner((await call<typeof readMe>('GET', '/v1/me')).id);
  else if (!isEdited()) {
    const comesBack = answer.redirect === '/login' && location.pathname !== '/';
    location.assign(comesBack ? loginPath() : answer.redirect);
  }
}
