import type readMe from '#functions/me/read.ts';
import { profileOf } from '#shared/users/profile-fields.ts';
import { displayName } from '#shared/users/user.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { call } from './api.ts';
import { element } from './element.ts';
import { lostNotice } from './guest/lost-notice.ts';

/** Fills in the owner's data on a page that was sent without it. */
export async function showMe(): Promise<void> {
  const shell = document.querySelector<HTMLElement>('[data-shell]');
  if (!shell) return;
  const me = await call<typeof readMe>('GET', '/v1/me');
  const { username, locale, role, emailVerified } = me;
  const email = me.email ?? '';
  put({ ...profileOf(me), name: displayName(me), username, locale, email });
  show({ admin: role === 'admin', email: email !== '', unverified: email !== '' && !emailVerified });
  shell.hidden = false;
}

/** Says that the page could not be filled in, and offers to load it again. The page has a notice of its own for another device. */
export function sayUnshown(error: unknown): void {
  if ((error as Partial<Problem>).code === 'device_mismatch') return;
  const notice = lostNotice();
  notice.append(element('a', { href: '' }, document.body.dataset['tryAgain'] ?? ''));
  document.querySelector('[data-shell]')?.before(notice);
}

/** Puts values into the places that name them by `data-me`. */
function put(values: Readonly<Record<string, string>>): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-me]')) {
    const value = values[place.dataset['me']!] ?? '';
    if (place instanceof HTMLInputElement || place instanceof HTMLSelectElement) place.value = value;
    else place.textContent = value;
  }
}

/** Shows the parts whose `data-when` holds. */
function show(facts: Readonly<Record<string, boolean>>): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-when]')) {
    part.hidden = !facts[part.dataset['when']!];
  }
}
