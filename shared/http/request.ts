import type { Locale } from '../locale.ts';

/** What an operation may know of the request besides its checked input. */
export interface Request {
  /** The gateway's id of the request. */
  id: string;
  /** When its function began to handle it. Milliseconds. */
  at: number;
  /** When API Gateway accepted it, before any wait for a function. Milliseconds. */
  arrivedAt: number;
  method: string;
  /** Path as sent; never logged, it may hold a token. */
  path: string;
  /** The caller's address: as AWS saw it, or as told by a proxy that has proven itself (`shared/chain/client-address.ts`). */
  address: string;
  userAgent: string;
  /** Proof that the caller holds a device key (RFC 9449): the header `DPoP`, or a form's field `proof`. */
  proof?: string | undefined;
  /** Language of the answer. */
  locale: Locale;
  /** For pages: the language that was chosen in this browser. It wins over all other signs (R7.6). */
  chosenLocale?: Locale | undefined;
  /** The language that the browser asks for, or the app from which the user comes, if Latchkey has it. */
  askedLocale?: Locale | undefined;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  cookies: Readonly<Record<string, string | undefined>>;
}

/** Methods that change nothing (RFC 9110, 9.2.1). */
export const safeMethods = new Set(['GET', 'HEAD']);

/** Whether the client takes JSON. A script that sends a form says so, as it would follow a redirect without seeing it. */
export const takesJson = ({ headers }: Pick<Request, 'headers'>): boolean =>
  Boolean(headers['accept']?.includes('application/json'));
