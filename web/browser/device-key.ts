/** Name of the database and its one store, and of the one pair that is kept in it. */
const name = 'latchkey-device';
const id = 'key';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps no keys')));
  });

async function openStore(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(name));
  return (await done(opening)).transaction(name, mode).objectStore(name);
}

/** This browser's key pair, made at the first need. The private key cannot be read out, not even by this script. */
async function deviceKeyPair(): Promise<CryptoKeyPair> {
  const kept = await done<CryptoKeyPair | undefined>((await openStore('readonly')).get(id));
  if (kept) return kept;
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  await done((await openStore('readwrite')).put(pair, id));
  return pair;
}

/** Puts the public key into forms that ask for it, when they are sent. */
export function addDeviceKeys(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=deviceKey]')) {
    let sending = false;
    input.form?.addEventListener('submit', (event) => {
      if (input.value) return;
      event.preventDefault();
      // A second tap must not make a second key.
      if (sending) return;
      sending = true;
      deviceKeyPair()
        .then(({ publicKey }) => crypto.subtle.exportKey('jwk', publicKey))
        .then(({ kty, crv, x, y }) => (input.value = JSON.stringify({ kty, crv, x, y })))
        // Without a key the server says what is missing.
        .catch(() => undefined)
        .finally(() => input.form?.submit());
    });
  }
}
