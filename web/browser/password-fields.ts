import { colonOf } from '../colon.ts';
import { element } from './element.ts';
import { pageLocale } from './page-locale.ts';
import { loadStrengthScript } from './load-strength-script.ts';

/** Lets people see the password that they type: on a phone, mistyping is the main reason for failing. */
export function addShowButtons(): void {
  const colon = colonOf(pageLocale());
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-show]')) {
    const show = input.dataset['show'] ?? '';
    const button = element('button', { type: 'button' }, show);
    const hide = (hidden: boolean) => {
      input.type = hidden ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!hidden));
    };
    button.setAttribute('aria-label', `${show}${colon}${input.labels?.[0]?.textContent ?? ''}`);
    button.addEventListener('click', () => hide(input.type === 'text'));
    // Sent as a password field, so that the browser offers to save a password and nothing else.
    input.form?.addEventListener('submit', () => hide(true));
    hide(true);
    // The input is not moved: that would take the focus from a user who is already typing.
    input.after(button);
  }
}

/** Fetches the strength hint when the visitor begins to choose a password. */
export function loadStrength(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-strength]')) {
    // Without the hint, the server still judges the password.
    const load = () =>
      void loadStrengthScript()
        .then(({ addHint }) => addHint(input))
        .catch(() => undefined);
    if (input.matches(':focus')) load();
    else input.addEventListener('focus', load, { once: true });
  }
}
