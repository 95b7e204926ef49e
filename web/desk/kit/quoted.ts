import { quote } from '#shared/others-words.ts';
import { pageLocale } from '../../browser/page-locale.ts';

/** What somebody calls themselves, in a sentence of ours: it must not read as ours (C99). */
export const quoted = (name: string): string => quote(name, pageLocale());
