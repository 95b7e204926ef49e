import type { RegistrationBody } from './registration-body.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Locale } from '../locale.ts';
import { profileOf } from '../users/profile-fields.ts';
import { accountGuest } from './account-guest.ts';
import { deviceGuest } from './device-guest.ts';
import type { Guest, Refuse } from './guest.ts';

type Tools = Parameters<typeof accountGuest>[1] & Parameters<typeof deviceGuest>[1];

/** Who registers: the body's schema has seen to it that one of the two ways is complete. */
export function readGuest(
  body: RegistrationBody,
  thumbprint: string | undefined,
  caller: Parameters<typeof accountGuest>[0]['caller'],
  visitorLocale: Locale,
  tools: Tools,
  settings: Settings,
  refuse: Refuse,
): Guest {
  const { passphrase, email = '', username = '', password = '', locale } = body;
  if (passphrase !== undefined) {
    return deviceGuest({ passphrase, thumbprint: thumbprint ?? '', locale, visitorLocale }, tools, refuse);
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
  };
  return accountGuest(account, tools, settings, refuse);
}
