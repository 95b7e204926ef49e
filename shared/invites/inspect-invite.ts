import type { Ports } from '../deployment/capability.ts';
import type { findInvites, readInvites } from './find-invites.ts';
import { inviteStatus, mayHaveOwnCode, type Channel, type Invite } from './invite.ts';
import { inviteStates, isGood, type DeadStatus, type GoodStatus, type InviteStatus } from './states.ts';
import { isChosen, readCode } from './invite-code.ts';
import { parseInviteToken } from './invite-token.ts';
import { isWayBack } from './reissued.ts';
import { codeBudgets, guardGuessing, type GuessTools, type Guesser } from '../guards/guard-guessing.ts';
import type { findCodes } from './invite-codes.ts';
import type { checkTokens } from './invite-tokens.ts';

/** How a guest names an invite: by the token of a link, or by a short code. */
export interface InviteReference {
  token?: string | undefined;
  code?: string | undefined;
  /** A solved captcha. A chosen code needs one, and any code does after many wrong ones. */
  captcha?: string | undefined;
}

interface Genuine<Status extends InviteStatus> {
  status: Status;
  invite: Invite;
  channel: Channel;
}

/** The result of checking a reference. Only a genuine reference tells its guest anything about the invite. */
export type Inspection = { status: 'invalid' } | Genuine<GoodStatus> | Genuine<DeadStatus>;

/** Capabilities that inspecting links needs. */
type LinkTools = Ports<readonly [typeof readInvites, typeof checkTokens]>;
/** The same for links and codes. */
type ReferenceTools = Ports<readonly [typeof findInvites, typeof checkTokens, typeof findCodes]> & GuessTools;

const invalid = { status: 'invalid' } as const;

/** Checks a link's token, and changes nothing. Unknown ids cost no KMS call. */
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

/**
 * The same, but it also recognises two renewed links: the first and the last one. Their holders cannot use them, but may ask for
 * another mail if the one with the new link is lost.
 */
export async function inspectRenewable(text: string, tools: LinkTools, now: number): Promise<Inspection> {
  const inspection = await inspectLink(text, tools, now);
  const token = parseInviteToken(text);
  const invite = inspection.status === 'invalid' && token && (await tools.invites.get(token.id));
  if (!invite || invite.renewedFrom === undefined) return inspection;
  for (const generation of new Set([invite.generation - 1, invite.renewedFrom])) {
    const channel = await tools.tokens.channel({ ...invite, generation }, token.mac);
    if (channel) return { status: inviteStatus(invite, now), invite, channel };
  }
  return invalid;
}

/** Checks a token or a code, and changes nothing. Wrong codes count against the caller's budget of guesses. */
export async function inspectInvite(
  { token = '', code: typed, captcha }: InviteReference,
  tools: ReferenceTools,
  request: Guesser['request'],
  now: number,
): Promise<Inspection> {
  if (typed === undefined) return inspectLink(token, tools, now);
  const code = readCode(typed);
  if (code === undefined) return invalid;
  const { invites, codes, captchas } = tools;
  const guesser = { request, captcha, isEasy: isChosen(code) };
  const invite = await guardGuessing(codeBudgets(request), guesser, tools, now, async () => {
    const found = await invites.getByCode(await codes.keyOf(code));
    if (!found?.ownCode) return found;
    if (!mayHaveOwnCode(found)) return undefined;
    // Only the invite tells a chosen code of full length from a derived one.
    await captchas.require(captcha, request.id, now);
    return found;
  });
  // The administrator sees the code too, so a code proves no mailbox.
  return invite ? { status: inviteStatus(invite, now), invite, channel: 'shown' } : invalid;
}

/** Whether the reference lets its guest in. */
export const letsIn = (inspection: Inspection): inspection is Genuine<GoodStatus> =>
  inspection.status !== 'invalid' && isGood(inspection.status);

/** Whether the reference admits only devices that have used it: its pass phrase is their only way back in. */
export const isForReturning = (inspection: Inspection): inspection is Genuine<DeadStatus> =>
  inspection.status !== 'invalid' && !isGood(inspection.status) && isWayBack(inspection.invite);

/** The error that tells why a reference admits no guest. */
export const refusalOf = ({ status }: { status: 'invalid' | DeadStatus }) =>
  status === 'invalid' ? 'invite_invalid' : inviteStates[status].refusal;
