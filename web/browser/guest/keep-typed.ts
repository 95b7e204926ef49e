import { forgetInTab, keepInTab, keptInTab } from '../tab-storage.ts';
import { fillFor, isUntouched } from './fill-for.ts';

const key = 'registration';

/** What is kept of the form of an invite; of registering without one `invite` is empty. */
interface Kept {
  /** Its public id: the rest of its link lets people in, and is not for keeping. */
  invite: string;
  typed: Readonly<Record<string, string>>;
}

const formOf = (): HTMLFormElement | null => document.querySelector('main form[action="/register"]');

const inviteOf = (form: HTMLFormElement): string =>
  form.querySelector<HTMLInputElement>('input[name=token]')?.value.split('.')[0] ?? '';

/** Fields whose values are no secret, and were not filled in by the server for good. */
const fieldsOf = (form: HTMLFormElement): HTMLInputElement[] => [
  ...form.querySelectorAll<HTMLInputElement>(
    'input:is([type=text], [type=email]):not([readonly], [data-show])',
  ),
];

function read(): Kept | undefined {
  try {
    return (JSON.parse(keptInTab(key) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what a guest types into the form of registering, but for passwords, in this tab alone: whoever goes to the mail and comes
 * back, goes back or loads the page again finds it. It is gone with the tab, once somebody is in, and where another invite is opened.
 */
export function keepTyped(): void {
  const form = formOf();
  const kept = read();
  const isTyped = form !== null && !fieldsOf(form).every(isUntouched);
  if (form && kept?.invite === inviteOf(form))
    for (const field of fieldsOf(form).filter(isUntouched)) {
      const value = kept.typed[field.name];
      if (value !== undefined) fillFor(field, value);
    }
  else if (form) forgetTyped();
  // Before the script ran.
  if (isTyped) keep(form);
  // The form may be another one by then, in another language or with what was wrong.
  addEventListener('input', ({ target }) => {
    const now = formOf();
    if (now && target instanceof HTMLInputElement && target.form === now) keep(now);
  });
}

function keep(form: HTMLFormElement): void {
  const typed = Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value]));
  keepInTab(key, JSON.stringify({ invite: inviteOf(form), typed } satisfies Kept));
}

export const forgetTyped = (): unknown => forgetInTab(key);
