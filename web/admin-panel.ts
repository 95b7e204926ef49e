import { html } from 'hono/html';
import { inviteFilters } from '#shared/invites/invite.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { reasonMaxLength } from '#shared/mail/fields.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { accountTexts } from './texts/account.ts';
import { adminTexts as texts } from './texts/admin.ts';
import { apiForm } from './api-form.ts';
import { inputField } from './field.ts';
import type { Locale } from '#shared/locale.ts';
import { languageOptions } from './language-options.ts';
import type { Fragment } from './layout.ts';
import { scriptTexts } from './script-texts.ts';

const number = (name: 'count' | 'maxUses' | 'expiresInDays', label: string, value: number): Fragment => {
  const { min, max } = inviteLimits[name];
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="number" min="${min}" max="${max}" value="${value}" />
  </div>`;
};

/** The admin's invites: a form and a list, both over `/v1/admin/invites` by the script. */
export function adminPanel(locale: Locale, { mailFrom, inviteDays }: Settings): Fragment {
  return html`<section
    id="admin"
    data-texts="${scriptTexts({ ...texts, notDone: accountTexts.notDone }, locale)}"
  >
    <h2>${texts.invite[locale]}</h2>
    <noscript><p class="notice">${texts.needsScript[locale]}</p></noscript>
    ${mailFrom === null ? html`<p class="notice">${texts.copyLinks[locale]}</p>` : ''}
    <form id="invite-form">
      <div class="field">
        <label for="emails">${texts.emails[locale]}</label>
        <textarea
          id="emails"
          name="emails"
          rows="3"
          autocomplete="off"
          aria-describedby="emails-hint"
        ></textarea>
        <p class="hint" id="emails-hint">${texts.emailsHint[locale]}</p>
      </div>
      <div class="row">
        ${number('count', texts.count[locale], 1)} ${number('maxUses', texts.maxUses[locale], 1)}
        ${number('expiresInDays', texts.days[locale], inviteDays)}
      </div>
      <div class="field">
        <label for="locale">${texts.language[locale]}</label>
        <select id="locale" name="locale">
          ${languageOptions(locale)}
        </select>
      </div>
      <div class="field">
        <label for="note">${texts.note[locale]}</label>
        <input id="note" name="note" maxlength="${inviteLimits.noteLength.max}" autocomplete="off" />
      </div>
      <button type="submit">${texts.create[locale]}</button>
    </form>
    <div id="created" role="status"></div>
    <h2>${texts.list[locale]}</h2>
    <label for="filter">${texts.status[locale]}</label>
    <select id="filter">
      <option value="">${texts.all[locale]}</option>
      ${inviteFilters.map((filter) => html`<option value="${filter}">${texts[filter][locale]}</option>`)}
    </select>
    <ul id="invites" class="rows"></ul>
    <button type="button" id="more" class="plain" hidden>${texts.more[locale]}</button>
    ${mailFrom === null ? '' : liftForm(locale)}
  </section>`;
}

/** Lets mail go out again to a mailbox that gets none. */
const liftForm = (locale: Locale): Fragment =>
  html`<details>
    <summary>${texts.lift[locale]}</summary>
    <p>${texts.liftHint[locale]}</p>
    ${apiForm({
      id: 'lift-form',
      call: 'POST /v1/admin/suppressions/lift',
      done: texts.lifted[locale],
      button: texts.lift[locale],
      fields: html`${inputField({ name: 'email', id: 'lift-email', label: texts.liftEmail[locale], type: 'email', autocomplete: 'off', maxLength: emailMaxLength })}
      ${inputField({ name: 'reason', id: 'lift-reason', label: texts.liftReason[locale], autocomplete: 'off', maxLength: reasonMaxLength })}`,
    })}
  </details>`;
