import { element } from './element.ts';

/** Lets people see the password that they type: on a phone, mistyping is the main reason for failing. */
export function addShowButtons(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-show]')) {
    const show = input.dataset['show'] ?? '';
    const button = element('button', { type: 'button' }, show);
    const hide = (hidden: boolean) => {
      input.type = hidden ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!hidden));
    };
    button.setAttribute('aria-label', `${show}: ${input.labels?.[0]?.textContent ?? ''}`);
    button.addEventListener('click', () => hide(input.type === 'text'));
    // Sent as a password, so that the browser offers to keep it and nothing else.
    input.form?.addEventListener('submit', () => hide(true));
    hide(true);
    const frame = element('span', { className: 'secret' });
    input.replaceWith(frame);
    frame.append(input, button);
  }
}

/** Fetches the strength hint when the visitor begins to choose a password: it is too large for every visit. */
export function loadStrength(): void {
  // However many fields ask for it, a module runs once.
  const load = () => document.head.append(element('script', { type: 'module', src: '/assets/strength.js' }));
  for (const input of document.querySelectorAll('input[data-strength]')) {
    if (input.matches(':focus')) load();
    else input.addEventListener('focus', load, { once: true });
  }
}
