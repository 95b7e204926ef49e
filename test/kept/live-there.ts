import type { Stack } from '#local/stack/running-stack.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { ask, relayToken } from '../harness/relay/relay.ts';
import { putKey } from '../harness/relay/keys.ts';
import { signInToPortal } from '../harness/apps/door.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser } from '../harness/people/managing.ts';
import {
  firstAdmin,
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';

/** What the users of a stack hold: their names, the tokens of their sessions, and links. */
export interface Known {
  admin: SignedIn;
  /** Members by the algorithm of their password hash. */
  members: Record<'bcrypt' | 'argon2id', SignedIn>;
  disabled: string;
  password: string;
  /** Tokens of links, by the state of their invite. */
  links: Record<'open' | 'mailed' | 'used' | 'revoked' | 'expired', string>;
  /** The short code of an open invite. */
  code: string;
  /** An address to which an unsent mail is owed. */
  owed: string;
  refreshToken: string;
}

const day = 86_400;

/** Uses a stack over three days, so that each table holds rows of each kind. */
export async function liveThere(stack: Stack): Promise<Known> {
  stack.clock.offsetSeconds = -3 * day;
  const admin = await firstAdmin(stack);
  const [expiring] = await invite(stack, admin, { expiresInDays: 1, label: 'spring' });
  stack.clock.offsetSeconds = 0;
  const signed = await signIn(stack, admin.user.username);
  const boss: SignedIn = signed.json;

  const bcrypt = await mailedGuest(stack, boss);
  await putKey(stack, bcrypt);
  const { status, text } = await ask(stack, await relayToken(stack, bcrypt));
  if (status !== 200) throw new Error(`the relay answered ${status} ${text}`);
  const { refresh_token: refreshToken = '' } = await signInToPortal(stack, bcrypt);
  stack.deploy({ passwordHash: 'argon2id' });
  const argon2id = await register(stack, await openInvite(stack, boss), somebody('argon'));
  const gone = await register(stack, await openInvite(stack, boss), somebody('disabled'));
  await changeUser(stack, boss, gone.user.id, { disabled: true });

  const [open, used, revoked] = await invite(stack, boss, { count: 3, note: 'of then' });
  await register(stack, tokenOf(used!.url), somebody('guest'));
  await changeInvite(stack, boss, revoked!.id, 'revoke');
  const mailed = somebody('mailed');
  await invite(stack, boss, { emails: [mailed.email], locale: 'ja' });
  const links = {
    open: tokenOf(open!.url),
    mailed: await mailedToken(stack, mailed.email),
    used: tokenOf(used!.url),
    revoked: tokenOf(revoked!.url),
    expired: tokenOf(expiring!.url),
  };
  const { email: owed } = somebody('owed');
  stack.faults([{ kind: 'error', service: 'ses', times: 1_000 }]);
  await invite(stack, boss, { emails: [owed] });
  await stack.settle();
  await send(stack, 'POST', '/v1/sessions', { json: { login: 'nobody', password } });
  return {
    admin: boss,
    members: { bcrypt, argon2id },
    disabled: gone.user.username,
    password,
    links,
    code: open!.code!,
    owed,
    refreshToken,
  };
}
