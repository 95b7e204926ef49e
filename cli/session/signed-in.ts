import type { Calling } from './access.ts';

/** Who signs in, and where. */
export interface SigningIn extends Calling {
  url: string;
  /** Called before the request whose answer has the token. */
  onAsking: () => void;
}

/** What a sign-in ends in, whichever way it was. */
export interface SignedIn {
  token: string;
  expiresAt: string;
  username: string;
  role: string;
}

/** Said where the answer to a sign-in is lost. */
export const sessionLost = (url: string): string =>
  `A session may be open that nobody has the token of: it can be ended under My account, at ${url}/account.`;
