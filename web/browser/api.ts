import { keptKeyPair } from './device-key.ts';
import { isBound, prove } from './proof.ts';

/** What the API answers when something is wrong (RFC 9457). */
export interface Problem {
  title: string;
  detail: string;
  code: string;
  errors?: { path: string; message: string }[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The proof of the device's key, where the session is bound to one. Without the key the server says what is missing. */
async function proofFor(method: Method, path: string): Promise<{ dpop?: string }> {
  const pair = isBound ? await keptKeyPair().catch(() => undefined) : undefined;
  return pair ? { dpop: await prove(pair, method, path) } : {};
}

/** Calls the API as the signed-in user. @throws Problem */
export async function call<T>(method: Method, path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      'accept-language': document.documentElement.lang,
      ...(body && { 'content-type': 'application/json' }),
      ...(await proofFor(method, path)),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { code } = answer as Problem;
  if (code === 'unauthenticated') location.assign('/login');
  if (code === 'device_mismatch') sayOtherDevice();
  throw answer;
}

/** Shows what every bound page holds ready for a browser that does not have the session's key. */
const sayOtherDevice = (): void => document.querySelector('#other-device')?.removeAttribute('hidden');
