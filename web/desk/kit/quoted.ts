import { quote } from '#shared/others-words.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** A name that a user chose, for use in a sentence of Latchkey: it must not read as Latchkey's words (C99). */
export const quoted = (name: string): string => quote(name, pageLocale());
