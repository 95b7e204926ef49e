import type * as Strength from './strength.ts';

/** An asset of its own: it is too large for every visit. */
const script = '/assets/strength.js';

/** Loads the script that judges a password's strength. @throws if it does not load: then only the server judges. */
export const loadStrengthScript = (): Promise<typeof Strength> => import(script) as Promise<typeof Strength>;
