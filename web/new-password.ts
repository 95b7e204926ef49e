import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { FieldMistake } from '#shared/errors/failure.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { inputField } from './field.ts';
import type { Fragment } from './layout.ts';
import { strengthOf } from './strength.ts';
import { pageTexts as texts } from './texts/pages.ts';

/** A password that is chosen: with scripts it can be shown, and without them it is typed twice. */
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

/** What is wrong with the second of two passwords. One that was left empty is none: the form does not insist. */
export const repeatMistakes = ({
  password,
  passwordRepeat = '',
}: Readonly<Record<string, string>>): FieldMistake[] =>
  passwordRepeat === '' || passwordRepeat === password ? [] : [{ path: 'passwordRepeat', text: 'repeat' }];
