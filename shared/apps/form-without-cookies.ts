import type { Request } from '../http/request.ts';

/**
 * Whether a form of another site's page came without the browser's session: from other sites, browsers send a cookie with
 * `SameSite=Lax` only with a GET navigation (RFC 6265bis, 5.2). The endpoint then redirects the browser to the same request by GET.
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
