import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { inputField } from '../field.ts';
import type { Fragment } from '../layout.ts';
import { strengthOf } from '../strength.ts';

interface View {
  locale: Locale;
  settings: Settings;
  fields: Readonly<Record<string, string>>;
  emailFixed?: boolean;
  problem?: Problem;
}

/** A short code, for whoever has no link. */
export const codeField = ({ locale, fields, problem }: View): Fragment =>
  inputField({
    name: 'code',
    label: texts.code[locale],
    hint: texts.codeHint[locale],
    autocomplete: 'off',
    value: fields['code'],
    problem,
  });

/** The browser's key, which the script puts in; where there is none, the page says what is missing. */
export function deviceKeyField({ locale, problem }: View): Fragment {
  const isMissing = problem?.errors?.some(({ path }) => path === 'deviceKey') ?? false;
  const missing = html`<p class="hint error">${fieldTexts.deviceKey[locale]}</p>`;
  return html`<input type="hidden" name="deviceKey" data-make />
    <div class="field">
      <p class="hint">${texts.oneDevice[locale]}</p>
      ${isMissing ? missing : html`<noscript>${missing}</noscript>`}
    </div>`;
}

/** What device-only invites ask for in place of an account. */
export const passphraseField = ({ locale, problem }: View): Fragment =>
  inputField({
    name: 'passphrase',
    label: texts.passphrase[locale],
    type: 'password',
    autocomplete: 'off',
    show: texts.show[locale],
    problem,
  });

/** Address, name and password of a new account. */
export function accountFields({ locale, settings, fields, emailFixed = false, problem }: View): Fragment {
  const common = { problem };
  const nameField = (name: 'firstName' | 'lastName', autocomplete: string) =>
    inputField({
      ...common,
      name,
      label: texts[name][locale],
      autocomplete,
      value: fields[name],
      optional: true,
    });
  const names = [nameField('firstName', 'given-name'), nameField('lastName', 'family-name')];
  const min = settings.passwordMinLength;
  return html`${inputField({ ...common, name: 'email', label: texts.email[locale], type: 'email', autocomplete: 'email', value: fields['email'], fixed: emailFixed })}
  ${inputField({ ...common, name: 'username', label: texts.username[locale], hint: texts.usernameHint[locale], autocomplete: 'username', value: fields['username'] })}
  ${inputField({ ...common, name: 'password', label: texts.password[locale], hint: fill(texts.passwordHint[locale], { min }), type: 'password', autocomplete: 'new-password', show: texts.show[locale], strength: strengthOf(locale, settings) })}
  ${locale === 'en' ? names : names.toReversed()}`;
}
