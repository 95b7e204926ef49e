import { quote } from '#shared/others-words.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** Quotes the name that a user chose, so that it does not read as Latchkey's own words in a sentence of the page (C99). */
export const quoted = (name: string): string => quote(name, pageLocale());
