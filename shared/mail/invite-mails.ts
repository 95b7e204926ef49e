import type { Ports } from '../deployment/capability.ts';
import { readInvites } from '../data/invite-reads.ts';
import type { InviteMail } from './outbox.ts';
import { inviteStatus } from '../domain/invite.ts';
import { inviteUrl } from '../http/invite.ts';
import { deriveCodes } from '../keys/invite-codes.ts';
import { issueTokens } from '../keys/invite-tokens.ts';
import type { Surroundings, Writers } from './deliver.ts';
import { inviteLetter } from './invite-letter.ts';
import type { Letter } from './letter.ts';
import { memberLetter } from './member-letter.ts';

/** What mails about invites take: who can write them can make links. */
export const writeInviteMails = [readInvites, issueTokens, deriveCodes] as const;

/** Writes mails about invites, as the invites are when the mail's turn comes. */
export function inviteMails(tools: Ports<typeof writeInviteMails> & Surroundings): Writers {
  const { invites, tokens, codes, clock, settings, origin } = tools;
  async function write({ kind, inviteId, generation }: InviteMail): Promise<Letter | undefined> {
    const invite = await invites.get(inviteId);
    if (invite?.generation !== generation) return undefined;
    const locale = invite.locale ?? settings.locale;
    if (kind === 'member') return memberLetter(origin, settings.appName, locale);
    if (inviteStatus(invite, clock.now()) !== 'active') return undefined;
    const url = inviteUrl(origin, await tokens.issue(invite, 'mail'));
    const code = invite.codeKey && !invite.ownCode ? await codes.derive(invite) : undefined;
    return inviteLetter(invite, { url, code, origin }, settings, locale);
  }
  return { invite: write, member: write };
}
