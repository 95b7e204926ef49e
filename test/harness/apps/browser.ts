import type { Stack } from '#local/stack/running-stack.ts';
import { send } from '../http/http.ts';
import { Visitor } from '../http/visitor.ts';
import { password, type SignedIn } from '../people/people.ts';

/** A browser that is signed in as this user. */
export async function signedInBrowser(
  stack: Stack,
  { user: { username } }: SignedIn,
  language = 'en',
): Promise<Visitor> {
  const answer = await send(stack, 'POST', '/v1/sessions', {
    headers: { origin: stack.app },
    json: { login: username, password, transport: 'cookie' },
  });
  if (answer.status !== 201) throw new Error(`session-create answered ${answer.status} ${answer.text}`);
  const visitor = new Visitor(stack, language);
  for (const [name, { value }] of Object.entries(answer.cookies)) visitor.cookies[name] = value;
  return visitor;
}

/** Opens an address of Latchkey to which an app sends people. @returns the address to which it redirects. */
export async function follow(visitor: Visitor, { pathname, search }: URL): Promise<URL> {
  const page = await visitor.get(pathname + search);
  // If the page asks for consent, the person presses the button.
  const { status, headers, text } =
    page.status === 200 ? await visitor.submit(page, '/oauth/authorize', {}) : page;
  if (status !== 303) throw new Error(`${pathname} answered ${status} ${text}`);
  return new URL(String(headers['location']));
}
