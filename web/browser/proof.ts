import { generateProof } from 'dpop';
import { serverNow } from './server-time.ts';

/** Public id of the page's session, if that is bound to this device's key. */
let { session } = document.body.dataset;

/**
 * Runs `sign` at the server's time: a phone whose clock is wrong must not be taken for another device. The library reads the clock
 * synchronously, before it waits for anything.
 */
function atServerTime<T>(sign: () => T): T {
  const { now: phoneTime } = Date;
  const time = serverNow();
  Date.now = () => time;
  try {
    return sign();
  } finally {
    Date.now = phoneTime;
  }
}

/** Whether what this page sends needs the proof of the device's key. */
export const isBound = (): boolean => session !== undefined;

export const boundSession = (): string | undefined => session;

/** Makes proofs name another session of this browser. */
export function takeSession(id: string): void {
  session = id;
  for (const field of document.querySelectorAll<HTMLInputElement>('input[name=session]')) field.value = id;
}

/** The proof (RFC 9449) that a request comes from this device, and in a bound page from its session. */
export function prove(
  pair: CryptoKeyPair,
  method: string,
  target: string,
  beside: string | undefined = session,
): Promise<string> {
  const { origin, pathname } = new URL(target, location.href);
  return atServerTime(() => generateProof(pair, origin + pathname, method, undefined, beside));
}
