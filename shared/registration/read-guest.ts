import type { RegistrationBody } from './registration-body.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Request } from '../http/request.ts';
import { profileOf } from '../users/profile-fields.ts';
import { accountGuest } from './account-guest.ts';
import { deviceGuest } from './device-guest.ts';
import type { Guest, Refuse } from './guest.ts';

type Tools = Parameters<typeof accountGuest>[1] & Parameters<typeof deviceGuest>[1];

/** The guest who registers. The body's schema has ensured that one of the two ways is complete. */
export function readGuest(
  body: RegistrationBody,
  thumbprint: string | undefined,
  devices: readonly string[],
  request: Pick<Request, 'id' | 'address' | 'locale'>,
  tools: Tools,
  settings: Settings,
  refuse: Refuse,
): Guest {
  const { passphrase, email = '', username = '', password = '', locale, captcha } = body;
  const visitorLocale = request.locale;
  const caller = { request, captcha };
  if (passphrase !== undefined) {
    const entry = {
      passphrase,
      caller,
      thumbprint: thumbprint ?? '',
      locale,
      visitorLocale,
    };
    return deviceGuest(entry, tools, settings, refuse);
  }
  const account = {
    ...profileOf(body),
    email,
    username,
    password,
    locale,
    visitorLocale,
    thumbprint,
    caller,
    devices,
  };
  return accountGuest(account, tools, settings, refuse);
}
