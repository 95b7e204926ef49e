import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Fragment } from './layout.ts';
import type { Strength } from './strength.ts';

interface Field {
  name: string;
  /** Where a page has two of the name. */
  id?: string;
  label: string;
  hint?: string | undefined;
  type?: 'text' | 'email' | 'password';
  /** The value that the browser and its password manager should offer (HTML, 4.10.18.7). */
  autocomplete: string;
  value?: string | undefined;
  /** In characters. None for a secret: browsers truncate silently. */
  maxLength?: number;
  /** Not to be changed by the visitor. */
  fixed?: boolean;
  optional?: boolean;
  /** What the script says at the field where nothing was typed, in place of the browser. */
  missing?: string;
  /** Which of the user's facts the script puts in (`web/browser/me.ts`). */
  me?: string;
  /** Name of the button that the script adds to a password to show it. */
  show?: string;
  /** For a new password: the texts of the strength hint that the script shows during typing. */
  strength?: Strength;
  problem?: Problem | undefined;
}

/** One labelled input with its hint and, where the last try was wrong about it, the reason. */
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
    me,
    strength,
    missing,
  } = field;
  const error = field.problem?.errors?.find(({ path }) => path === name)?.message;
  const note = error ?? hint;
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      ${maxLength ? html`maxlength="${maxLength}"` : ''}
      ${note ? html`aria-describedby="${id}-hint"` : ''}
      ${me ? html`data-me="${me}"` : ''}
      ${show ? html`data-show="${show}"` : ''}
      ${strength ? html`data-strength="${JSON.stringify(strength)}"` : ''}
      ${missing ? html`data-missing="${missing}"` : ''}
      ${optional ? '' : 'required'}
      ${fixed ? 'readonly' : ''}
      ${error ? html`aria-invalid="true"` : ''}
    />
    ${note ? html`<p class="hint ${error ? 'error' : ''}" id="${id}-hint">${note}</p>` : ''}
  </div>`;
}

/** The mistakes of the last try, above the form; read out by screen readers. */
export const problemNotice = (problem: Problem | undefined): Fragment =>
  problem
    ? html`<div class="notice error" role="alert">
        <strong>${problem.title}</strong>
        <p>${problem.detail}</p>
      </div>`
    : html``;
