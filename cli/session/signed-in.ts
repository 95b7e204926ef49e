import type { Calling } from './access.ts';

/** How the command was called, and the server to sign in to. */
export interface SigningIn extends Calling {
  url: string;
  /** Called before the request whose answer has the token. */
  onAsking: () => void;
}

/** The result of a sign-in, by browser or by password. */
export interface SignedIn {
  token: string;
  expiresAt: string;
  username: string;
  role: string;
}

/** The message if the answer to a sign-in is lost. */
export const sessionLost = (url: string): string =>
  `A session may be open that nobody has the token of: it can be ended under My account, at ${url}/account.`;
