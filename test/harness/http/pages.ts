import { expect } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { cookie } from '#shared/http/cookies.ts';
import { send, type Answered, type Sent } from './http.ts';
import { firstAdmin, openInvite, password, register, somebody, type SignedIn } from '../people/people.ts';
import { Visitor } from './visitor.ts';

/** Each language, with its texts about signing in. */
export const signInTexts = [
  ['ja', 'ログイン'],
  ['zh', '登录'],
  ['en', 'Sign in'],
] as const;

/** Requests a page as a browser does, without following redirects. */
export const page = (
  stack: Stack,
  path: string,
  sent: Sent & { language?: string } = {},
): Promise<Answered> => {
  const { language = 'en', headers, ...rest } = sent;
  return send(stack, 'GET', path, {
    ...rest,
    headers: { accept: 'text/html', 'accept-language': language, ...headers },
  });
};

/** Expects a page of ours that works under the strict policy: nothing inline, everything from our own origin. */
export function expectPage({ status, headers, text }: Answered, wanted: number, ...says: string[]): void {
  expect(status).toBe(wanted);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(text).toMatch(/^<!doctype html>/);
  expect(text).not.toMatch(/<style|<[^>]*\s(style|on\w+)=|javascript:/i);
  for (const [script] of text.matchAll(/<script[^>]*>[^<]*/g)) {
    expect(script).toMatch(/^<script type="module" src="\/assets\/(app|admin|member)\.js">$/);
  }
  // `toContain` would print the whole page.
  expect(says.filter((line) => !text.includes(line))).toEqual([]);
}

/** Expects of HEAD the status and headers of GET, and no body. */
export async function expectHead(stack: Stack, path: string, sent: Sent = {}): Promise<void> {
  const headers = { accept: 'text/html', 'accept-language': 'en', ...sent.headers };
  const [get, head] = [
    await send(stack, 'GET', path, { ...sent, headers }),
    await send(stack, 'HEAD', path, { ...sent, headers }),
  ];
  expect(head.text).toBe('');
  expect(head.status).toBe(get.status);
  const same = [
    'content-type',
    'content-length',
    'content-security-policy',
    'location',
    'cache-control',
    'etag',
  ];
  for (const name of same) expect({ [name]: head.headers[name] }).toEqual({ [name]: get.headers[name] });
}

/** A browser that has followed an invite link and shows the form. */
export async function invited(stack: Stack, token: string, language = 'en') {
  const visitor = new Visitor(stack, language);
  await visitor.get(`/invite/${token}`);
  return { visitor, form: await visitor.get('/register') };
}

/** A browser in which a guest has just registered by the form. */
export async function signedInVisitor(stack: Stack, token: string, who: object = {}): Promise<Visitor> {
  const { visitor, form } = await invited(stack, token);
  const answer = await visitor.submit(form, '/register', { ...somebody(), ...who });
  if (answer.status !== 303) throw new Error(`the form answered ${answer.status} ${answer.text}`);
  return visitor;
}

/** The first administrator, signed in both in a program and in a browser. */
export async function adminWithBrowser(stack: Stack): Promise<{ admin: SignedIn; browser: Visitor }> {
  const admin = await firstAdmin(stack);
  return { admin, browser: await signInByForm(stack, admin.user.username) };
}

/** A browser in which a user has signed in by the form. */
export async function signInByForm(stack: Stack, login: string): Promise<Visitor> {
  const visitor = new Visitor(stack);
  await visitor.post('/login', { login, password });
  if (!visitor.cookies[cookie.session]) throw new Error(`${login} could not sign in`);
  return visitor;
}

/** A new user without special rights. */
export const member = async (stack: Stack, admin: SignedIn): Promise<SignedIn> =>
  register(stack, await openInvite(stack, admin));
