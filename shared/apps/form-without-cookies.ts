import type { Request } from '../http/request.ts';

/**
 * Whether a form that another site's page has sent comes without the session that the browser may have: a cookie with
 * `SameSite=Lax` goes along only with a GET that leads there (RFC 6265bis, 5.2). The same is then asked once more by GET.
 */
export const isFormWithoutCookies = (
  { method, headers }: Request,
  caller: object | undefined,
  issuer: string,
): boolean =>
  method === 'POST' &&
  caller === undefined &&
  headers['origin'] !== undefined &&
  headers['origin'] !== issuer;
