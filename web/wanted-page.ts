import { html } from 'hono/html';
import * as z from 'zod/mini';
import { emailMaxLength } from '#shared/users/limits.ts';
import type { Fragment } from './layout.ts';
import { wantedMaxLength } from './return-path.ts';

/** The query parameter with the page that is wanted after signing in. */
export const nextField = z.optional(z.string().check(z.maxLength(wantedMaxLength)));

/** `?by=code`: the visitor of the registration form wants to type a code. */
export const byField = z.optional(z.string());
export const byCodePath = '/register?by=code';

/** The path of a page of ours that takes the wanted page along. @param next from `returnPath`; `/` if no page was wanted. */
export const withNext = (path: string, next: string): string =>
  next === '/' ? path : `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;

/** The same for a form. */
export const nextInput = (next: string): Fragment =>
  next === '/' ? html`` : html`<input type="hidden" name="next" value="${next}" />`;

/** The `login_hint` of an app's request, if that is the wanted page (OpenID Connect Core 1.0, 3.1.2.1). */
export function loginHint(next: string): string | undefined {
  const request = /^\/oauth\/authorize\?(.*)$/s.exec(next)?.[1];
  const hint = new URLSearchParams(request).get('login_hint') ?? '';
  return hint !== '' && hint.length <= emailMaxLength ? hint : undefined;
}
