import type { Stack } from '#local/stack/running-stack.ts';
import { send } from '../http/http.ts';
import { password } from './people.ts';

/** Signs in as the form does, from a browser with the device cookie `device`. @returns the cookies that it then has. */
export async function signInByCookie(
  stack: Stack,
  login: string,
  { device, secret = password }: { device?: string; secret?: string } = {},
): Promise<{ session: string; device: string }> {
  const { cookies } = await send(stack, 'POST', '/v1/sessions', {
    json: { login, password: secret },
    headers: { origin: stack.app },
    ...(device !== undefined && { cookies: { '__Host-device': device } }),
  });
  return { session: cookies['__Host-session']!.value, device: cookies['__Host-device']!.value };
}
