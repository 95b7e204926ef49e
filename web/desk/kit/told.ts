import { pageLocale } from '../../browser/page-locale.ts';
import { colonOf } from '../../colon.ts';

/** A thing, and what is said of it where there is something, in the reader's language. */
export const told = (thing: string, said: string | undefined): string =>
  said ? `${thing}${colonOf(pageLocale())}${said}` : thing;
