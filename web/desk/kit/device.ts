import { showDevice } from '#shared/http/show-device.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** What the API calls a device, in the page's language; undefined where it calls it nothing. */
export const deviceText = (name: string | null | undefined): string | undefined =>
  name ? showDevice(name, pageLocale()) : undefined;
