import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Locale, Text } from '#shared/locale.ts';
import { colonOf } from './colon.ts';
import type { Fragment } from './layout.ts';
import type { Strength } from './strength.ts';
import { pageTexts } from './texts/pages.ts';

interface Field {
  name: string;
  /** Needed if a page has two fields of the name. */
  id?: string;
  label: string;
  hint?: string | undefined;
  type?: 'text' | 'email' | 'password';
  /** The value that the browser and its password manager should offer (HTML, 4.10.18.7). */
  autocomplete: string;
  value?: string | undefined;
  /** In characters. Not for secrets, which browsers would truncate silently. */
  maxLength?: number;
  /** Not to be changed by the visitor. */
  fixed?: boolean;
  optional?: boolean;
  /** Name of the button that the script adds to a password to show it. */
  show?: string;
  /** For a new password: the texts of the strength hint that the script shows during typing. */
  strength?: Strength;
  problem?: Problem | undefined;
}

/** One labelled input with its hint or, if the last try had a mistake in it, with the error instead. */
export function inputField(field: Field): Fragment {
  const {
    name,
    id = name,
    label,
    hint,
    type = 'text',
    autocomplete,
    value = '',
    maxLength,
    fixed = false,
    optional = false,
    show,
    strength,
  } = field;
  const error = field.problem?.errors?.find(({ path }) => path === name)?.message;
  const note = error ?? hint;
  const input = html`<input
    id="${id}"
    name="${name}"
    type="${type}"
    value="${value}"
    autocomplete="${autocomplete}"
    autocapitalize="none"
    spellcheck="false"
    ${maxLength ? html`maxlength="${maxLength}"` : ''}
    ${note ? html`aria-describedby="${id}-hint"` : ''}
    ${show ? html`data-show="${show}"` : ''}
    ${strength ? html`data-strength="${JSON.stringify(strength)}"` : ''}
    ${optional ? '' : 'required'}
    ${fixed ? 'readonly' : ''}
    ${error ? html`aria-invalid="true"` : ''}
  />`;
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${show ? html`<span class="secret">${input}</span>` : input}
    ${note ? html`<p class="hint ${error ? 'error' : ''}" id="${id}-hint">${note}</p>` : ''}
  </div>`;
}

/**
 * The mistakes of the last try, above the form: focused, read out by screen readers, and each leading to its field.
 * @param more labels of fields that this page names otherwise.
 */
export function problemNotice(
  problem: Problem | undefined,
  locale: Locale,
  more: Readonly<Record<string, Text>> = {},
): Fragment {
  if (!problem) return html``;
  const labels: Readonly<Record<string, Text | undefined>> = { ...fieldLabels, ...more };
  const lines = problem.errors?.flatMap(({ path, message }) => {
    const label = labels[path]?.[locale];
    return label ? html`<li><a href="#${path}">${label}</a>${colonOf(locale)}${message}</li>` : [];
  });
  return html`<div class="notice error" role="alert" tabindex="-1" autofocus>
    <strong>${problem.title}</strong>
    <p>${problem.detail}</p>
    ${
      lines?.length
        ? html`<ul>
            ${lines}
          </ul>`
        : ''
    }
  </div>`;
}

/** Names of fields in the summary of mistakes. */
const { email, username, password, passwordRepeat, firstName, lastName, login, code, passphrase } = pageTexts;
const fieldLabels = {
  email,
  username,
  password,
  passwordRepeat,
  firstName,
  lastName,
  login,
  code,
  passphrase,
};
