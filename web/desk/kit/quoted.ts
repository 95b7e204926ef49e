import type { Locale } from '#shared/locale.ts';
import { quote } from '#shared/others-words.ts';

/** What somebody calls themselves, in a sentence of ours: it must not read as ours (C99). */
export const quoted = (name: string): string => quote(name, document.documentElement.lang as Locale);
