import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { emailMaxLength, usernameLength } from '#shared/users/limits.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { inputField } from '../field.ts';
import type { Fragment } from '../layout.ts';
import type { InviteFacts } from './about-invite.ts';
import { newPassword } from '../new-password.ts';
import { profileInputs } from '../profile-inputs.ts';

interface View {
  locale: Locale;
  settings: Settings;
  fields: Readonly<Record<string, string>>;
  about?: InviteFacts | undefined;
  problem?: Problem;
}

/** A short code, for guests without a link. */
export const codeField = ({ locale, fields, problem }: View): Fragment =>
  inputField({
    name: 'code',
    label: texts.code[locale],
    hint: texts.codeHint[locale],
    autocomplete: 'off',
    maxLength: inviteLimits.typedCodeLength.max,
    value: fields['code'],
    problem,
  });

/** The browser's key, which the script fills in. Without it the page asks for a browser that can keep a key. */
export function deviceKeyField({ locale, problem }: View): Fragment {
  const isMissing = problem?.errors?.some(({ path }) => path === 'deviceKey') ?? false;
  const missing = html`<p class="hint error">${fieldTexts.deviceKey[locale]}</p>`;
  return html`<input type="hidden" name="deviceKey" data-make />
    <div class="field">
      <p class="hint">${texts.oneDevice[locale]}</p>
      ${isMissing ? missing : html`<noscript>${missing}</noscript>`}
    </div>`;
}

/** The pass phrase, which device-only invites ask for in place of an account's fields. */
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
export function accountFields({ locale, settings, fields, about, problem }: View): Fragment {
  const common = { problem };
  return html`${inputField({ ...common, name: 'email', label: texts.email[locale], type: 'email', autocomplete: 'email', maxLength: emailMaxLength, value: fields['email'], fixed: about?.emailFixed === true })}
  ${inputField({ ...common, name: 'username', label: texts.username[locale], hint: fill(texts.usernameHint[locale], usernameLength), autocomplete: 'username', maxLength: usernameLength.max, value: fields['username'] })}
  ${newPassword(texts.password[locale], locale, settings, problem)}
  ${profileInputs(locale, (name) => ({ ...common, value: fields[name] }))}`;
}
