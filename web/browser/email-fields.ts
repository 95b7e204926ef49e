import { halfWidth, seen } from '#shared/others-words.ts';

/**
 * Puts what is typed into a field for an address into the letters that browsers take there: full-width forms, as Japanese and
 * Chinese keyboards type them, in ASCII, and without what nobody sees. The server takes both; the browser would hold the form back (C73).
 */
export function takeWideAddresses(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'email')
      target.value = seen(halfWidth(target.value));
  });
}
