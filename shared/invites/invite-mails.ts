import type { Ports } from '../deployment/capability.ts';
import { readInvites } from './find-invites.ts';
import type { InviteMail } from '../mail/outbox.ts';
import { inviteStatus, mayGrant } from './invite.ts';
import { isGood } from './states.ts';
import { inviteUrl } from './show-invite.ts';
import { deriveCodes } from './invite-codes.ts';
import { issueTokens } from './invite-tokens.ts';
import type { Composed, MailerContext, Writers } from '../mail/deliver.ts';
import { composeInviteMail } from './compose-mails.ts';
import { tellInvites } from './record-delivery.ts';
import { composeMemberMail } from './compose-mails.ts';
import { readUsers } from '../users/read-users.ts';

/** Capabilities that mails about invites need. A function with them can make links. */
export const writeInviteMails = [readInvites, readUsers, issueTokens, deriveCodes, tellInvites] as const;

/** Writes mails about invites by the invites' state at the time of sending. */
export function inviteMails(tools: Ports<typeof writeInviteMails> & MailerContext): Writers {
  const { invites, users, tokens, codes, told, clock, settings, origin } = tools;
  async function write({ kind, inviteId, generation }: InviteMail): Promise<Composed> {
    const invite = await invites.get(inviteId);
    if (invite?.generation !== generation) return undefined;
    const locale = invite.locale ?? settings.locale;
    if (kind === 'member') return composeMemberMail(origin, settings, locale);
    const status = inviteStatus(invite, clock.now());
    // The mail is too late, and the issuer should see that.
    if (status === 'expired') return 'withheld';
    if (!isGood(status)) return undefined;
    // If its issuer may no longer grant it, the invite cannot be redeemed (C91), and its mail would still carry that issuer's words.
    const issuer = invite.issuerId === undefined ? 'none' : await users.get(invite.issuerId);
    if (issuer !== 'none' && !(issuer && mayGrant(issuer, invite))) return 'withheld';
    const url = inviteUrl(origin, await tokens.issue(invite, 'mail'));
    const code = invite.codeKey && !invite.ownCode ? await codes.derive(invite) : undefined;
    return composeInviteMail(invite, { url, code, origin }, settings, locale);
  }
  return { invite: { write, tell: told.delivery }, member: { write } };
}
