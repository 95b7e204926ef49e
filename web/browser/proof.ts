import { generateProof } from 'dpop';

const { now } = document.body.dataset;

/** Public id of the page's session, where that is bound to this device's key. */
let { session } = document.body.dataset;

/** The time by which this device's clock is behind the server's. */
const behindMs = now ? Number(now) - Date.now() : 0;

/**
 * Runs `sign` at the server's time: a phone whose clock is wrong must not be taken for another device. The library
 * reads the clock itself, at once, before it waits for anything.
 */
function atServerTime<T>(sign: () => T): T {
  const { now: phoneTime } = Date;
  Date.now = () => phoneTime() + behindMs;
  try {
    return sign();
  } finally {
    Date.now = phoneTime;
  }
}

/** Whether what this page sends needs the proof of the device's key. */
export const isBound = (): boolean => session !== undefined;

/** Lets proofs name another session of this browser. @returns whether it is another. */
export function takeSession(id: string | undefined): boolean {
  if (id === undefined || id === session) return false;
  session = id;
  for (const field of document.querySelectorAll<HTMLInputElement>('input[name=session]')) field.value = id;
  return true;
}

/** The proof (RFC 9449) that a request comes from this device, and in a bound page from its session. */
export function prove(pair: CryptoKeyPair, method: string, target: string): Promise<string> {
  const { origin, pathname } = new URL(target, location.href);
  return atServerTime(() => generateProof(pair, origin + pathname, method, undefined, session));
}
