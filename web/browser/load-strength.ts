import { element } from './element.ts';

/** Fetches the strength hint when the visitor begins to choose a password: it is too large for every visit. */
export function loadStrength(): void {
  // However many fields ask for it, a module runs once.
  const load = () => document.head.append(element('script', { type: 'module', src: '/assets/strength.js' }));
  for (const input of document.querySelectorAll('input[data-strength]')) {
    if (input.matches(':focus')) load();
    else input.addEventListener('focus', load, { once: true });
  }
}
