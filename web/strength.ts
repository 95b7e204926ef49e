import type { PasswordOwner } from '#shared/passwords/refuse-weak-password.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { profileOf } from '#shared/users/profile-fields.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { strengthTexts } from './texts/strength.ts';

type Wording = keyof typeof strengthTexts | 'length' | 'context';

/** The data from which the script tells how strong the typed password is. */
export interface Strength {
  /** Length of the shortest password, in characters. */
  min: number;
  /** Words of which a password must not be made, besides the values of the form's other fields. */
  words: readonly string[];
  texts: Readonly<Record<Wording, string>>;
}

/** For the field of a new password (`inputField`). @param owner the user, if the form does not ask for address and names. */
export function strengthOf(locale: Locale, settings: Settings, owner: PasswordOwner = {}): Strength {
  const { appName, passwordMinLength: min } = settings;
  const { email, username } = owner;
  const words = [appName, email, username, ...Object.values(profileOf(owner))].flatMap((word) => word || []);
  const named = Object.entries(strengthTexts).map(([name, text]) => [name, text[locale]]);
  const texts = {
    ...(Object.fromEntries(named) as Record<keyof typeof strengthTexts, string>),
    length: fill(fieldTexts.short[locale], { min }),
    context: fieldTexts.contextPassword[locale],
  };
  return { min, words, texts };
}
