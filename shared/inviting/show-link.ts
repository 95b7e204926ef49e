import * as z from 'zod/mini';
import type { Ports } from '../deployment/capability.ts';
import type { Invite } from '../invites/invite.ts';
import { showCode } from '../invites/invite-code.ts';
import type { deriveCodes } from '../invites/invite-codes.ts';
import type { issueTokens } from '../invites/invite-tokens.ts';
import { inviteResponse, inviteUrl } from '../invites/show-invite.ts';

/** An invite together with its link, and its code unless an admin chose the code. */
export const inviteLinkResponse = z.object({
  ...inviteResponse.shape,
  url: z.string(),
  code: z.optional(z.string()),
});

type Tools = Ports<readonly [typeof issueTokens, typeof deriveCodes]>;

/** The link and the code of an invite, to be shown to an admin. */
export async function linkOf(invite: Invite, origin: string, { tokens, codes }: Tools) {
  const url = inviteUrl(origin, await tokens.issue(invite, 'shown'));
  const derived = invite.codeKey !== undefined && !invite.ownCode;
  return { url, ...(derived && { code: showCode(await codes.derive(invite)) }) };
}
