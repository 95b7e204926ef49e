import { forgetInTab, keepInTab, keptInTab } from '../tab-storage.ts';
import { fillFor, isUntouched } from './fill-for.ts';

const key = 'address';

/** Fields that take an address. */
const takers = 'main input:is([name=email], [name=login]):not([readonly])';

/**
 * Carries an address that was typed once to the next form that asks for it, in this tab: from signing in to a forgotten password.
 * It is forgotten when the tab is closed and once a user is signed in.
 */
export function carryAddress(): void {
  const kept = keptInTab(key);
  const keep = ({ value }: HTMLInputElement) => value.includes('@') && keepInTab(key, value);
  for (const field of document.querySelectorAll<HTMLInputElement>(takers)) {
    if (kept && field.value === '' && location.pathname !== '/register') fillFor(field, kept);
    // Typed before the script ran.
    else if (!isUntouched(field)) keep(field);
  }
  addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(takers)) keep(target);
  });
}

export const forgetAddress = (): unknown => forgetInTab(key);
