import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { keyTexts as texts } from './texts/keys.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { pageTexts } from './texts/pages.ts';
import { apiForm } from './api-form.ts';
import { inputField } from './field.ts';
import type { Fragment } from './layout.ts';

/** Keeps a key for one of the services, in place of the one before; the script hides the check where there is none. */
export function keyForm(locale: Locale, { services, keyDays, keyMinLength }: Settings): Fragment {
  const all = Object.entries(services);
  if (all.length === 0) return html``;
  const options = all.map(
    ([service, { title, check }]) =>
      html`<option value="${service}" ${check === null ? 'data-unchecked' : ''}>${title}</option>`,
  );
  return html`<h2>${texts.put[locale]}</h2>
    ${apiForm({
      id: 'key-form',
      call: 'PUT /v1/keys/{service}',
      done: texts.saved[locale],
      ifLost: lostAnswers.keys[locale],
      button: texts.save[locale],
      fields: html`<div class="field">
          <label for="service">${texts.service[locale]}</label>
          <select id="service" name="service">
            ${options}
          </select>
        </div>
        ${inputField({ name: 'key', label: texts.key[locale], hint: fill(texts.keyHint[locale], { days: keyDays, min: keyMinLength }), type: 'password', missing: fieldTexts.keyMissing[locale], autocomplete: 'off', show: pageTexts.show[locale] })}
        <div class="field check">
          <input id="check" name="check" type="checkbox" />
          <label for="check">${texts.check[locale]}</label>
        </div>`,
    })}`;
}
