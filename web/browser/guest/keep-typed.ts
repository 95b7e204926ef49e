import { forgetInTab, keepInTab, keptInTab } from '../tab-storage.ts';
import { fillFor, isUntouched } from './fill-for.ts';

const key = 'registration';

/** What is kept of the registration form. `invite` is empty if the guest registers without one. */
interface Kept {
  /** The invite's public id. The rest of its link gives access, and must not be kept. */
  invite: string;
  typed: Readonly<Record<string, string>>;
}

const formOf = (): HTMLFormElement | null => document.querySelector('main form[action="/register"]');

const inviteOf = (form: HTMLFormElement): string =>
  form.querySelector<HTMLInputElement>('input[name=token]')?.value.split('.')[0] ?? '';

/** Fields that hold no secret and that the guest can change. */
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
 * Keeps what a guest types into the registration form, except passwords, in this tab only. It is there again after a look at the
 * mail, on going back, and after a reload. It is forgotten when the tab is closed, once a user is signed in, and if another invite
 * is opened.
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
  // Typed before the script ran.
  if (isTyped) keep(form);
  // The form may have been replaced by then, in another language or with its mistakes.
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
