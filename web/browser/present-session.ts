import { keptKeyPair } from './device-key.ts';
import { fetchInTime } from './fetch-in-time.ts';
import { boundSession, prove, takeSession } from './proof.ts';
import { takeTime } from './server-time.ts';

/**
 * Whose page this is; of a page that is bound to a device, once the server has said it. The page keeps it, as each of its scripts has
 * a copy of this module.
 */
const ownerId = (): string | undefined => document.body.dataset['owner'];

/**
 * Notes whose session the browser has. Where somebody else has signed in in another tab, the page is loaded anew: what is done on it
 * would be done in their name.
 * @returns whether it is still the same person's.
 */
export function noteOwner(userId: string): boolean {
  const isSame = (ownerId() ?? userId) === userId;
  if (isSame) document.body.dataset['owner'] = userId;
  else location.reload();
  return isSame;
}

/** How often what proofs say was taken anew. */
let takings = 0;
export const countTakings = (): number => takings;

/** Calls that are refused together share one. */
let underWay: Promise<boolean> | undefined;

/**
 * Takes over the bound session that the browser has by now, and the server's time: whoever has signed in again in another tab has
 * another session, and a clock may have been set since, which the page's proofs do not know.
 * @param since how often that had been done when a call was sent that is refused now.
 * @returns whether the call may be sent again: there is another one, of the same person, or another time.
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
  // Nobody has said yet whose page this is: another session may be anybody's.
  if (ownerId() === undefined && session !== boundSession()) {
    location.reload();
    return false;
  }
  const headers = { accept: 'application/json', dpop: await prove(pair, 'GET', '/v1/me', session) };
  const me = await fetchInTime('/v1/me', { headers });
  // Nothing is signed for somebody else's session, also while their page is loaded.
  if (!me.ok || !noteOwner(((await me.json()) as { id: string }).id)) return false;
  takeSession(session);
  takings += 1;
  return true;
}
