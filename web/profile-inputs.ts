import type { Problem } from '#shared/errors/problem.ts';
import type { Locale } from '#shared/locale.ts';
import {
  nameOrder,
  profileFieldNames,
  profileFields,
  type ProfileField,
} from '#shared/users/profile-fields.ts';
import { inputField } from './field.ts';
import type { Fragment } from './layout.ts';
import { pageTexts as texts } from './texts/pages.ts';

/** Inputs for all profile fields. @param filled the value and the problem of an input. */
export const profileInputs = (
  locale: Locale,
  filled: (name: ProfileField) => { value?: string | undefined; problem?: Problem | undefined },
): Fragment[] =>
  [...new Set([...nameOrder(locale), ...profileFieldNames])].map((name) =>
    inputField({
      name,
      label: texts[name][locale],
      ...profileFields[name],
      optional: true,
      ...filled(name),
    }),
  );
