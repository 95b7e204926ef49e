import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';
import { pageOf, pagesOf } from '../people/managing.ts';
import type { SignedIn } from '../people/people.ts';

/** An invite as admins see it. */
export interface ShownInvite {
  id: string;
  kind: string;
  status: string;
  role: string;
  email?: string;
  note?: string;
  locale?: string;
  maxUses: number;
  uses: number;
  usesLeft: number;
  inviter?: string;
  inviterId?: string;
  usedAt?: string;
  userId?: string;
  username?: string;
  delivery?: string;
  createdAt: string;
  expiresAt: string | null;
  url?: string;
  code?: string;
}

const path = '/v1/admin/invites';

/** One page of the admin's list. */
export const listPage = (
  stack: Stack,
  admin: SignedIn,
  query: Readonly<Record<string, string>> = {},
): ReturnType<typeof pageOf<ShownInvite>> => pageOf(stack, admin, path, query);

/** The admin's list from its first page to its last. */
export const listAll = async (
  stack: Stack,
  admin: SignedIn,
  query: Readonly<Record<string, string>> = {},
): Promise<ShownInvite[]> => (await pagesOf<ShownInvite>(stack, admin, path, query)).flat();

/** One invite as the admin's list shows it. */
export async function shownInvite(stack: Stack, admin: SignedIn, id: string): Promise<ShownInvite> {
  const found = (await listAll(stack, admin, { limit: '100' })).find((invite) => invite.id === id);
  if (!found) throw new Error(`the list does not show ${id}`);
  return found;
}

/** Withdraws an invite or gives it a new link. */
export const changeInvite = (
  stack: Stack,
  admin: SignedIn,
  id: string,
  change: 'revoke' | 'reissue',
  json: object = {},
): Promise<Answered<ShownInvite & Problem>> =>
  send(stack, 'POST', `${path}/${id}/${change}`, { token: admin.session.token, json });

/** Why a link is refused; `active` if it is not. Asking changes nothing. */
export async function linkState(stack: Stack, token: string): Promise<string> {
  const { json } = await send<{ valid: boolean; reason?: string }>(stack, 'POST', '/v1/invites/verify', {
    json: { token },
  });
  return json.valid ? 'active' : String(json.reason);
}
