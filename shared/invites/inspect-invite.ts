import type { Ports } from '../deployment/capability.ts';
import type { findInvites, readInvites } from './find-invites.ts';
import { inviteStatus, type Channel, type Invite } from './invite.ts';
import { inviteStates, isGood, type DeadStatus, type GoodStatus, type InviteStatus } from './states.ts';
import { readCode } from './invite-code.ts';
import { parseInviteToken } from './invite-token.ts';
import { guardGuessing, type GuessTools, type Guesser } from '../guards/guard-guessing.ts';
import type { findCodes } from './invite-codes.ts';
import type { checkTokens } from './invite-tokens.ts';

/** What a guest brings: the token of a link, or a short code. */
export interface InviteReference {
  token?: string | undefined;
  code?: string | undefined;
  /** A solved captcha, which a code needs where many were wrong. */
  captcha?: string | undefined;
}

interface Genuine<Status extends InviteStatus> {
  status: Status;
  invite: Invite;
  channel: Channel;
}

/** What a reference turned out to be. Only a genuine one learns anything about its invite. */
export type Inspection = { status: 'invalid' } | Genuine<GoodStatus> | Genuine<DeadStatus>;

/** What inspecting links takes; an operation that `uses` these can. */
type LinkTools = Ports<readonly [typeof readInvites, typeof checkTokens]>;
/** The same for links and codes. */
type ReferenceTools = Ports<readonly [typeof findInvites, typeof checkTokens, typeof findCodes]> & GuessTools;

const invalid = { status: 'invalid' } as const;

/** Looks at the invite of a link's token without changing anything. Unknown ids cost no KMS call. */
export async function inspectLink(
  text: string,
  { invites, tokens }: LinkTools,
  now: number,
): Promise<Inspection> {
  const token = parseInviteToken(text);
  const invite = token && (await invites.get(token.id));
  const channel = invite && (await tokens.channel(invite, token.mac));
  return channel ? { status: inviteStatus(invite, now), invite, channel } : invalid;
}

/** The same for a link that may have been renewed already: its holder can ask again, but not use it. */
export async function inspectRenewable(text: string, tools: LinkTools, now: number): Promise<Inspection> {
  const inspection = await inspectLink(text, tools, now);
  const token = parseInviteToken(text);
  const invite = inspection.status === 'invalid' && token && (await tools.invites.get(token.id));
  if (!invite || invite.renewedFrom === undefined) return inspection;
  const channel = await tools.tokens.channel({ ...invite, generation: invite.renewedFrom }, token.mac);
  return channel ? { status: inviteStatus(invite, now), invite, channel } : invalid;
}

/** Looks at the invite of a token or a code without changing it. Wrong codes come out of a budget. */
export async function inspectInvite(
  { token = '', code: typed, captcha }: InviteReference,
  tools: ReferenceTools,
  request: Guesser['request'],
  now: number,
): Promise<Inspection> {
  if (typed === undefined) return inspectLink(token, tools, now);
  const code = readCode(typed);
  if (code === undefined) return invalid;
  const { invites, codes } = tools;
  const invite = await guardGuessing({ request, captcha }, tools, now, async () =>
    invites.getByCode(await codes.keyOf(code)),
  );
  // A code stands on the admin's screen and in the mail alike, so that it proves no mailbox.
  return invite ? { status: inviteStatus(invite, now), invite, channel: 'shown' } : invalid;
}

/** Whether the reference lets its guest in. */
export const letsIn = (inspection: Inspection): inspection is Genuine<GoodStatus> =>
  inspection.status !== 'invalid' && isGood(inspection.status);

/** The error that tells why a reference lets nobody in. */
export const refusalOf = ({ status }: { status: 'invalid' | DeadStatus }) =>
  status === 'invalid' ? 'invite_invalid' : inviteStates[status].refusal;
