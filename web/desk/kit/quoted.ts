import { quote } from '#shared/others-words.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** Quotes a name that a user chose for a sentence of the page, so that it does not read as Latchkey's own words (C99). */
export const quoted = (name: string): string => quote(name, pageLocale());
