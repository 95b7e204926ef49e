import { keptKeyPair } from './device-key.ts';
import { fetchInTime } from './fetch-in-time.ts';
import { prove, takeSession } from './proof.ts';

/** Whose page this is, once the server has said it. */
let ownerId: string | undefined;

/**
 * Notes whose session the browser has. Where somebody else has signed in in another tab, the page is loaded anew: what is done on it
 * would be done in their name.
 * @returns whether it is still the same person's.
 */
export function noteOwner(userId: string): boolean {
  const isSame = ownerId === undefined || ownerId === userId;
  if (isSame) ownerId = userId;
  else location.reload();
  return isSame;
}

/**
 * Takes over the bound session that the browser has by now: whoever has signed in again in another tab has another one, which
 * the page's proofs do not name.
 * @returns whether there is one, of the same person.
 */
export async function hasSignedInAgain(): Promise<boolean> {
  const pair = await keptKeyPair().catch(() => undefined);
  if (!pair) return false;
  const page = await fetchInTime(location.pathname, { headers: { accept: 'text/html' } });
  const { body } = new DOMParser().parseFromString(await page.text(), 'text/html');
  if (!takeSession(body.dataset['session'])) return false;
  const headers = { accept: 'application/json', dpop: await prove(pair, 'GET', '/v1/me') };
  const me = await fetchInTime('/v1/me', { headers });
  return me.ok && noteOwner(((await me.json()) as { id: string }).id);
}
