import type readMe from '#functions/me/read.ts';
import type verifySession from '#functions/session/verify.ts';
import { call, loginPath } from './api.ts';
import { isEdited } from './is-edited.ts';
import { deviceHint } from './device-hint.ts';
import { noteOwner } from './present-session.ts';
import { isBound } from './proof.ts';

/**
 * Tells the server, whenever the page is looked at, that the session is in use. Leads away if the session has ended, unless there
 * is unsaved input: then the user's next act reports it.
 */
export async function checkSession(): Promise<void> {
  const deviceId = await deviceHint();
  const answer = await call<typeof verifySession>(
    'POST',
    '/v1/sessions/verify',
    deviceId ? { deviceId } : {},
  );
  if (answer.valid) noteOwner(answer.user.id);
  // A bound session is also refused if its key is missing. `call` says so on the page, and leads to sign-in if the session has ended.
  else if (isBound()) noteOwner((await call<typeof readMe>('GET', '/v1/me')).id);
  else if (!isEdited()) {
    const comesBack = answer.redirect === '/login' && location.pathname !== '/';
    location.assign(comesBack ? loginPath() : answer.redirect);
  }
}
