import type * as Strength from './strength.ts';

/** An asset of its own: it is too large for every visit. */
const script = '/assets/strength.js';

/** Loads what tells how strong a password is. @throws where it does not come: then the server's verdict is all there is. */
export const loadStrengthScript = (): Promise<typeof Strength> => import(script) as Promise<typeof Strength>;
