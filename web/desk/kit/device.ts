import type { Locale } from '#shared/locale.ts';
import { showDevice } from '#shared/http/show-device.ts';

/** What the API calls a device, in the page's language; undefined where it calls it nothing. */
export const deviceText = (name: string | null | undefined): string | undefined =>
  name ? showDevice(name, document.documentElement.lang as Locale) : undefined;
