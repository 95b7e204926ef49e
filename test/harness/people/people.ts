import type { Stack } from '#local/stack/running-stack.ts';
import { send } from '../http/http.ts';

export const password = 'correct horse battery';

export interface SignedIn {
  user: { id: string; username: string; email: string | null; emailVerified: boolean; role: string };
  session: { id: string; token: string; expiresAt: string };
}

export interface InviteRow {
  id: string;
  url: string;
  code?: string;
  email?: string;
  expiresAt: string | null;
  mailed?: boolean;
  result: string;
}

/** The token of an invite link. */
export const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

let people = 0;

/** A new person with an address and a name of their own. */
export function somebody(name = 'guest') {
  people += 1;
  const username = `${name}${people}`;
  return { email: `${username}@example.com`, username, password };
}

/** Registers with an invite's token, as a program. */
export async function register(stack: Stack, token: string, who: object = somebody()): Promise<SignedIn> {
  const answer = await send<SignedIn>(stack, 'POST', '/v1/register', {
    json: { token, transport: 'token', ...who },
  });
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status} ${answer.text}`);
  return answer.json;
}

/** The link of the first administrator's invite. */
export async function bootstrap(stack: Stack): Promise<string> {
  const { url } = (await stack.invoke('admin-bootstrap')) as { url: string };
  return url;
}

/** The first administrator, signed in. */
export const firstAdmin = async (stack: Stack): Promise<SignedIn> =>
  register(stack, tokenOf(await bootstrap(stack)), somebody('admin'));

/** Creates invites as an administrator. */
export async function invite(stack: Stack, admin: SignedIn, wish: object = {}): Promise<InviteRow[]> {
  const { token } = admin.session;
  const answer = await send<{ invites: InviteRow[] }>(stack, 'POST', '/v1/admin/invites', {
    json: wish,
    token,
  });
  if (answer.status !== 201) throw new Error(`inviting answered ${answer.status} ${answer.text}`);
  return answer.json.invites;
}

/** The token of a new open invite. */
export const openInvite = async (stack: Stack, admin: SignedIn, wish: object = {}): Promise<string> =>
  tokenOf((await invite(stack, admin, wish))[0]!.url);

/** The token that was mailed to an address. Waits for the mail. */
export async function mailedToken(stack: Stack, email: string): Promise<string> {
  await stack.settle();
  const mail = stack.mails(email).at(-1);
  if (!mail) throw new Error(`no mail to ${email}`);
  return tokenOf(/https?:\S+\/invite\/\S+/.exec(mail.text)![0]);
}

/** A new user who came by a mailed link, which proves their mailbox. */
export async function mailedGuest(stack: Stack, admin: SignedIn): Promise<SignedIn> {
  const who = somebody();
  await invite(stack, admin, { emails: [who.email] });
  return register(stack, await mailedToken(stack, who.email), who);
}

/** Another administrator, who came by a mailed link and so has a proven mailbox. */
export async function secondAdmin(stack: Stack, admin: SignedIn): Promise<SignedIn> {
  const who = somebody('admin');
  await invite(stack, admin, { emails: [who.email], role: 'admin' });
  return register(stack, await mailedToken(stack, who.email), who);
}

/** The user, after an administrator has marked their mailbox as proven: a link that was only shown does not prove it. */
export async function vouchFor(
  stack: Stack,
  { session: { token } }: SignedIn,
  who: SignedIn,
): Promise<SignedIn> {
  const sent = { token, json: { emailVerified: true } };
  const answer = await send(stack, 'PATCH', `/v1/admin/users/${who.user.id}`, sent);
  if (answer.status !== 200) throw new Error(`vouching answered ${answer.status} ${answer.text}`);
  return { ...who, user: { ...who.user, emailVerified: true } };
}
