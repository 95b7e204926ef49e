import { keptKeyPair } from './device-key.ts';
import { fetchInTime } from './fetch-in-time.ts';
import { leaveUnasked } from './leave-unasked.ts';
import { boundSession, prove, takeSession } from './proof.ts';
import { takeTime } from './server-time.ts';

/**
 * Id of the page's owner. On a bound page it is unknown until the server has said it. The document keeps it, because each of the
 * page's scripts has its own copy of this module.
 */
const ownerId = (): string | undefined => document.body.dataset['owner'];

/**
 * Notes whose session the browser has. If another user has signed in in another tab, the page is loaded anew: acts on it would be
 * done in that user's name.
 * @returns whether the session is still the same user's.
 */
export function noteOwner(userId: string): boolean {
  const isSame = (ownerId() ?? userId) === userId;
  if (isSame) document.body.dataset['owner'] = userId;
  else loadAnew();
  return isSame;
}

function loadAnew(): void {
  leaveUnasked();
  location.reload();
}

/** How often the session and the time of proofs were taken anew. */
let takings = 0;
export const countTakings = (): number => takings;

/** The renewal under way: calls that are refused at the same time share it. */
let underWay: Promise<boolean> | undefined;

/**
 * Takes over the browser's present bound session and the server's time. The session is another one if the user has signed in again
 * in another tab, and the time differs if the device's clock was set: the page's proofs know neither.
 * @param since `countTakings()` at the time when the refused call was sent.
 * @returns whether the call may be sent again: there is another session of the same user, or another time.
 */
export async function hasSignedInAgain(since: number): Promise<boolean> {
  if (!underWay && takings > since) return true;
  underWay ??= takeAnew().finally(() => (underWay = undefined));
  return underWay;
}

async function takeAnew(): Promise<boolean> {
  const pair = await keptKeyPair().catch(() => undefined);
  if (!pair) return false;
  const page = await fetchInTime(location.pathname, { headers: { accept: 'text/html' } });
  const { body } = new DOMParser().parseFromString(await page.text(), 'text/html');
  const { session, now } = body.dataset;
  const isOtherTime = takeTime(now);
  if (session === undefined || (session === boundSession() && !isOtherTime)) return false;
  // The page's owner is not known yet, so another session may be another user's.
  if (ownerId() === undefined && session !== boundSession()) {
    loadAnew();
    return false;
  }
  const headers = { accept: 'application/json', dpop: await prove(pair, 'GET', '/v1/me', session) };
  const me = await fetchInTime('/v1/me', { headers });
  // Nothing is signed for another user's session, not even while that user's page is loaded.
  if (!me.ok || !noteOwner(((await me.json()) as { id: string }).id)) return false;
  takeSession(session);
  takings += 1;
  return true;
}
