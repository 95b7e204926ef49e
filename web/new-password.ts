import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { FieldMistake } from '#shared/errors/failure.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { isContextPassword } from '#shared/passwords/context-password.ts';
import { isPasswordLongEnough } from '#shared/passwords/password.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { inputField } from './field.ts';
import type { Fragment } from './layout.ts';
import { strengthOf } from './strength.ts';
import { pageTexts as texts } from './texts/pages.ts';

/** The fields for a new password: with scripts it can be shown, and without them it is typed twice. */
export function newPassword(
  label: string,
  locale: Locale,
  settings: Settings,
  problem: Problem | undefined,
): Fragment {
  const hint = fill(texts.passwordHint[locale], { min: settings.passwordMinLength });
  const common = { problem, type: 'password', autocomplete: 'new-password' } as const;
  return html`${inputField({ ...common, name: 'password', label, hint, show: texts.show[locale], strength: strengthOf(locale, settings) })}
    <noscript
      >${inputField({ ...common, name: 'passwordRepeat', label: texts.passwordRepeat[locale], optional: true })}</noscript
    >`;
}

/**
 * The mistakes in a new password: its repetition differs (an empty one counts as none, because the form does not insist on it), or,
 * beside other mistakes, the password is plainly weak. A weak password alone is an error of its own, with advice.
 */
export function passwordMistakes(
  fields: Readonly<Record<string, string>>,
  { appName, passwordMinLength: min }: Settings,
  isAlone: boolean,
): FieldMistake[] {
  const { password = '', passwordRepeat = '', email = '', username = '' } = fields;
  const isRepeated = passwordRepeat === '' || passwordRepeat === password;
  const others: FieldMistake[] = isRepeated ? [] : [{ path: 'passwordRepeat', text: 'repeat' }];
  if (password === '' || (isAlone && isRepeated)) return others;
  if (!isPasswordLongEnough(password, min))
    return [{ path: 'password', text: 'short', values: { min } }, ...others];
  return isContextPassword(password, [appName, email, username])
    ? [{ path: 'password', text: 'contextPassword' }, ...others]
    : others;
}
