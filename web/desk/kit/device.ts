import { showDevice } from '#shared/http/show-device.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** The API's name of a device, in the page's language; undefined if the device has no name. */
export const deviceText = (name: string | null | undefined): string | undefined =>
  name ? showDevice(name, pageLocale()) : undefined;
