import { halfWidth, seen } from '#shared/others-words.ts';

/** A domain in ASCII, as browsers convert what is typed; any other text unchanged. */
function domainOf(typed: string): string {
  const url = `http://${typed}`;
  return /^[\p{L}\p{M}\p{N}\u3002.-]+$/u.test(typed) && URL.canParse(url) ? new URL(url).hostname : typed;
}

/** An address as email fields accept it: full-width characters, as Japanese and Chinese keyboards type them, become ASCII. */
function plain(typed: string): string {
  const text = seen(halfWidth(typed));
  const domain = text.lastIndexOf('@') + 1;
  return domain > 0 ? text.slice(0, domain) + domainOf(text.slice(domain)) : text;
}

/** Browsers refuse to send some addresses that the server accepts (C73), so these are converted once typed. */
export function takeWideAddresses(): void {
  // Values typed before the script ran. The focused field is left alone: it is converted on `change`, when the user leaves it.
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type=email]:not(:focus)'))
    if (field.value !== plain(field.value)) field.value = plain(field.value);
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'email') target.value = plain(target.value);
  });
}
