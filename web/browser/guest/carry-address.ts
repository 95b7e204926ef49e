const key = 'address';

/** Fields that take an address. */
const takers = 'main input:is([name=email], [name=login]):not([readonly])';

/**
 * Carries an address that was typed once to the next form that asks for it, in this tab: from signing in to a forgotten password. It is
 * forgotten with the tab, and by whoever is signed in.
 */
export function carryAddress(): void {
  const kept = sessionStorage.getItem(key);
  if (kept && location.pathname !== '/register')
    for (const field of document.querySelectorAll<HTMLInputElement>(takers)) field.value ||= kept;
  addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(takers) && target.value.includes('@'))
      sessionStorage.setItem(key, target.value);
  });
}

export const forgetAddress = (): void => sessionStorage.removeItem(key);
