import type { Locale } from '../locale.ts';
import { recordOf } from '../record-of.ts';

interface Rules {
  /** In characters. */
  maxLength: number;
  /** The name of the data that browsers offer for the field (HTML, 4.10.18.7). */
  autocomplete: string;
}

/**
 * The fields in which users describe themselves, an optional line each. Bodies, answers, the export, stored users and
 * forms follow this table; a field's label is the page text of its name.
 */
export const profileFields = {
  firstName: { maxLength: 100, autocomplete: 'given-name' },
  lastName: { maxLength: 100, autocomplete: 'family-name' },
} as const satisfies Record<string, Rules>;
export type ProfileField = keyof typeof profileFields;

export const profileFieldNames = Object.keys(profileFields) as readonly ProfileField[];

export type ProfileTexts = Record<ProfileField, string>;

/** An object with the result of `make` for each field. */
export const ofProfileFields = <T>(make: (name: ProfileField) => T): Record<ProfileField, T> =>
  recordOf(profileFieldNames, make);

/** The profile in `values`. A missing field is empty: users from before a field was introduced lack it. */
export const profileOf = (values: {
  readonly [Name in ProfileField]?: string | undefined;
}): ProfileTexts => ofProfileFields((name) => values[name] ?? '');

/** The two names in the order of a language: the family name comes first in Japanese and Chinese. */
export const nameOrder = (locale: Locale): readonly ProfileField[] =>
  locale === 'en' ? ['firstName', 'lastName'] : ['lastName', 'firstName'];
