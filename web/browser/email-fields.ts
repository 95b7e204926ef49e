import { halfWidth, seen } from '#shared/others-words.ts';

/** A domain in the letters of mail, as browsers make them of what is typed; any other text as it is. */
function domainOf(typed: string): string {
  const url = `http://${typed}`;
  return /^[\p{L}\p{M}\p{N}\u3002.-]+$/u.test(typed) && URL.canParse(url) ? new URL(url).hostname : typed;
}

/** An address as fields for addresses take it: full-width forms, as Japanese and Chinese keyboards type them, in ASCII. */
function plain(typed: string): string {
  const text = seen(halfWidth(typed));
  const domain = text.lastIndexOf('@') + 1;
  return domain > 0 ? text.slice(0, domain) + domainOf(text.slice(domain)) : text;
}

/** Browsers hold a form back where the server would take the address (C73): what is typed becomes what they take. */
export function takeWideAddresses(): void {
  // Typed before the script ran. Whoever is still typing is not disturbed: leaving the field is a change.
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type=email]:not(:focus)'))
    if (field.value !== plain(field.value)) field.value = plain(field.value);
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'email') target.value = plain(target.value);
  });
}
