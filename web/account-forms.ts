import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { accountTexts as texts } from './texts/account.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { emailMaxLength, usernameLength } from '#shared/users/limits.ts';
import { pageTexts } from './texts/pages.ts';
import { recoveryTexts } from './texts/recovery.ts';
import { apiForm } from './api-form.ts';
import { codeFields, whereMail } from './code-fields.ts';
import { inputField } from './field.ts';
import { languageOptions } from './language-options.ts';
import type { Fragment } from './layout.ts';
import { profileInputs } from './profile-inputs.ts';
import { strengthOf } from './strength.ts';

/** Name, names and language. */
export function profileForm(locale: Locale): Fragment {
  return apiForm({
    id: 'profile-form',
    call: 'PATCH /v1/me',
    done: texts.profileSaved[locale],
    ifLost: lostAnswers.account[locale],
    button: texts.save[locale],
    fields: html`${inputField({ name: 'username', label: pageTexts.username[locale], hint: fill(pageTexts.usernameHint[locale], usernameLength), autocomplete: 'username', maxLength: usernameLength.max, me: 'username' })}
      ${profileInputs(locale, (name) => ({ me: name }))}
      <div class="field">
        <label for="locale">${texts.mailLanguage[locale]}</label>
        <select id="locale" name="locale" data-me="locale">
          ${languageOptions(locale)}
        </select>
      </div>`,
  });
}

/** Another address: first asks where to mail a code, then for the code. */
export function emailForms(locale: Locale, settings: Settings): Fragment {
  const ask = apiForm({
    id: 'email-form',
    call: 'POST /v1/codes',
    done: texts.emailCodeSent[locale],
    ifLost: lostAnswers.mail[locale],
    button: recoveryTexts.sendCode[locale],
    fields: html`<input type="hidden" name="purpose" value="email-update" />
      <p>${texts.emailHint[locale]}</p>
      ${inputField({ name: 'email', label: texts.newEmail[locale], type: 'email', autocomplete: 'email', maxLength: emailMaxLength })}`,
  });
  const confirm = apiForm({
    id: 'email-code-form',
    call: 'PUT /v1/me/email',
    done: texts.emailChanged[locale],
    ifLost: lostAnswers.account[locale],
    button: texts.changeEmail[locale],
    hidden: true,
    wrongPassword: texts.wrongPassword[locale],
    fields: html`<input
        type="hidden"
        name="email"
      />${codeFields('', locale, undefined)}${inputField({ name: 'currentPassword', id: 'email-password', label: texts.confirmPassword[locale], type: 'password', autocomplete: 'current-password', show: pageTexts.show[locale] })}`,
  });
  return whereMail(settings, locale, html`${ask}${confirm}`);
}

export const passwordForm = (locale: Locale, settings: Settings): Fragment =>
  apiForm({
    id: 'password-form',
    call: 'PUT /v1/me/password',
    done: texts.passwordChanged[locale],
    ifLost: lostAnswers.password[locale],
    wrongPassword: texts.wrongPassword[locale],
    button: texts.changePassword[locale],
    fields: html`${inputField({ name: 'currentPassword', label: texts.currentPassword[locale], type: 'password', autocomplete: 'current-password', show: pageTexts.show[locale] })}
    ${inputField({ name: 'password', label: recoveryTexts.newPassword[locale], hint: fill(pageTexts.passwordHint[locale], { min: settings.passwordMinLength }), type: 'password', autocomplete: 'new-password', show: pageTexts.show[locale], strength: strengthOf(locale, settings) })}`,
  });

/** Asks twice, and for the password of who has one. */
export const deleteForm = (locale: Locale, hasPassword: boolean): Fragment =>
  html`<details>
    <summary>${texts.delete[locale]}</summary>
    <p>${texts.deleteHint[locale]}</p>
    ${apiForm({
      id: 'delete-form',
      call: 'DELETE /v1/me',
      done: '',
      ifLost: lostAnswers.deletion[locale],
      button: texts.delete[locale],
      isDangerous: true,
      wrongPassword: texts.wrongPassword[locale],
      fields: html`${hasPassword ? inputField({ name: 'password', id: 'delete-password', label: pageTexts.password[locale], type: 'password', autocomplete: 'current-password', show: pageTexts.show[locale] }) : ''}
        <div class="field check">
          <input id="delete-sure" type="checkbox" required />
          <label for="delete-sure">${texts.deleteSure[locale]}</label>
        </div>`,
    })}
  </details>`;
