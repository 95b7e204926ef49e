import { pageLocale } from '../../browser/page-locale.ts';
import { colonOf } from '../../colon.ts';

/** `thing: said`, with the colon of the page's language; only the thing if nothing is said. */
export const told = (thing: string, said: string | undefined): string =>
  said ? `${thing}${colonOf(pageLocale())}${said}` : thing;
