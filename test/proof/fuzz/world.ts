import type { Stack } from '#local/stack/running-stack.ts';
import { cookie } from '#shared/http/cookies.ts';
import { send } from '../../harness/http/http.ts';
import { boundUser, deviceUser } from '../../harness/invites/inviting.ts';
import { unprovenUser } from '../../harness/people/accounts.ts';
import type { TestDevice } from '../../harness/people/devices.ts';
import {
  bootstrap,
  invite,
  mailedGuest,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type InviteRow,
  type SignedIn,
} from '../../harness/people/people.ts';
import { chatgptKey } from '../../harness/relay/keys.ts';
import { storeKey } from '../../harness/relay/relay.ts';
import type { Credentials } from './draft.ts';

/** Callers other than the one for whom a request is made. */
export const callers = [
  'nobody',
  'member',
  'memberBrowser',
  'admin',
  'adminBrowser',
  'unproven',
  'disabled',
  'bound',
  'boundProven',
  'device',
  'accessToken',
  'stranger',
] as const;
export type CallerName = (typeof callers)[number];

/** Callers of every kind, and existing things that requests can name. */
export interface World {
  stack: Stack;
  admin: SignedIn;
  member: SignedIn;
  credentials: Record<CallerName, Credentials>;
  /** Values by the name that stands for them, as in `@memberId@`. */
  names: Record<string, string>;
  /** A new unused invite. */
  openInvite(): Promise<InviteRow>;
  /** Replaces the member and the administrator if a request has ended their session, for example by signing out. */
  renew(): Promise<void>;
}

/** Makes many invites at a time: one by one would double the cost of a registration. */
function stockOfInvites(stack: Stack, admin: SignedIn): () => Promise<InviteRow> {
  let stock: InviteRow[] = [];
  let filling: Promise<InviteRow[]> | undefined;
  return async () => {
    while (stock.length === 0) {
      filling ??= invite(stack, admin, { count: 50 });
      const rows = await filling;
      if (filling) [stock, filling] = [rows, undefined];
    }
    return stock.pop()!;
  };
}

/** A member with an API key, with the member's part of the world. */
async function makeMember(stack: Stack, admin: SignedIn) {
  const member = await mailedGuest(stack, admin);
  await storeKey(stack, member, 'claude');
  const { id, email, username } = member.user;
  return {
    member,
    credentials: {
      member: { token: member.session.token },
      memberBrowser: browser(member),
      stranger: { token: `${member.session.token.slice(0, -4)}AAAA` },
    },
    names: { memberId: id, memberEmail: email!, memberName: username },
  };
}

/** An administrator besides the first, with that administrator's part of the world. */
async function makeAdmin(stack: Stack, first: SignedIn) {
  const who = await secondAdmin(stack, first);
  const { json } = await send<{ token: string }>(stack, 'POST', '/v1/tokens', {
    token: who.session.token,
    json: { audience: 'latchkey' },
  });
  return {
    credentials: {
      admin: { token: who.session.token },
      adminBrowser: browser(who),
      accessToken: { token: json.token },
    },
    names: { adminId: who.user.id },
  };
}

/** Replaces a caller who is no longer signed in or no longer an administrator. Simultaneous calls share one renewal. */
function renewalIn(world: () => World): World['renew'] {
  let underWay: Promise<void> | undefined;
  const take = ({ credentials, names }: { credentials: object; names: object }): void => {
    Object.assign(world().credentials, credentials);
    Object.assign(world().names, names);
  };
  const renew = async () => {
    const { stack, admin, credentials } = world();
    const asMember = await send(stack, 'GET', '/v1/me', credentials.member);
    const asAdmin = await send(stack, 'GET', '/v1/admin/invites?limit=1', credentials.admin);
    if (asMember.status !== 200) {
      const next = await makeMember(stack, admin);
      take(next);
      world().member = next.member;
    }
    if (asAdmin.status !== 200) take(await makeAdmin(stack, admin));
  };
  return () => (underWay ??= renew().finally(() => (underWay = undefined)));
}

const browser = (who: SignedIn): Credentials => ({ cookies: { [cookie.session]: who.session.token } });

export async function makeWorld(stack: Stack): Promise<World> {
  const first = await register(stack, tokenOf(await bootstrap(stack)), somebody('admin'));
  // An administrator whose mailbox is proven, and who is not the last one.
  const admin = await makeAdmin(stack, first);
  const openInvite = stockOfInvites(stack, first);
  const theirs = await makeMember(stack, first);
  const unproven = await unprovenUser(stack, first);
  const disabled = await register(stack, tokenOf((await openInvite()).url));
  const { device, signedIn: bound } = await boundUser(stack, first);
  const deviceOnly = await deviceUser(stack, first);
  const used = await openInvite();
  // Its secrets are bait: requests put them into fields that are kept and shown, so they must be secrets of no other user.
  const bait = await mailedGuest(stack, first);
  await register(stack, tokenOf(used.url));
  const asAdmin = { token: first.session.token };
  const path = `/v1/admin/users/${disabled.user.id}`;
  await send(stack, 'PATCH', path, { ...asAdmin, json: { disabled: true } });
  const baited = await send<{ token: string }>(stack, 'POST', '/v1/tokens', {
    token: bait.session.token,
    json: { audience: 'latchkey' },
  });
  const withDevice = (who: SignedIn, key: TestDevice): Credentials => ({
    token: who.session.token,
    device: key,
  });
  const world: World = {
    stack,
    admin: first,
    member: theirs.member,
    openInvite,
    renew: renewalIn(() => world),
    credentials: {
      ...theirs.credentials,
      ...admin.credentials,
      nobody: {},
      unproven: { token: unproven.session.token },
      disabled: { token: disabled.session.token },
      bound: { token: bound.session.token },
      boundProven: withDevice(bound, device),
      device: withDevice(deviceOnly, deviceOnly.device),
    },
    names: {
      ...theirs.names,
      ...admin.names,
      inviteId: (await openInvite()).id,
      usedInvite: tokenOf(used.url),
      session: bait.session.token,
      accessToken: baited.json.token,
      chatgptKey: chatgptKey(),
    },
  };
  return world;
}
