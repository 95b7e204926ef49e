/** Name of the database and of its only store, and the id of the only key pair in it. */
const name = 'latchkey-device';
const id = 'key';

/** A key store that is silent for longer has hung, as browsers' stores sometimes do. That must not keep the user out. */
const silenceMs = 5_000;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const noKeys = new Error('the browser keeps no keys');
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? noKeys));
    setTimeout(() => reject(noKeys), silenceMs);
  });

async function openStore(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(name));
  return (await done(opening)).transaction(name, mode).objectStore(name);
}

/** The key pair that this browser keeps, if it has made one. */
export const keptKeyPair = async (): Promise<CryptoKeyPair | undefined> =>
  done<CryptoKeyPair | undefined>((await openStore('readonly')).get(id));

/**
 * This browser's ES256 key pair (RFC 7518, 3.4), made at the first need. The private key cannot be read out, not even
 * by this script.
 */
export async function deviceKeyPair(): Promise<CryptoKeyPair> {
  const kept = await keptKeyPair();
  if (kept) return kept;
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  try {
    await done((await openStore('readwrite')).add(pair, id));
    return pair;
  } catch (error) {
    // Another tab was first, and may have registered its pair: that pair is kept.
    const first = await keptKeyPair();
    if (first) return first;
    throw error;
  }
}
