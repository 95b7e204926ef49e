import * as z from 'zod/mini';
import { findOpenInvites } from '#shared/inviting/find-open-invites.ts';
import { composeInviteMail } from '#shared/invites/compose-mails.ts';
import { createInvitesBody } from '#shared/invites/create-body.ts';
import { refuseUnknownApp } from '#shared/inviting/refuse-unknown-app.ts';
import { goOutByMail, typedEntries } from '#shared/inviting/typed-entries.ts';
import { newInvite } from '#shared/inviting/new-invite.ts';
import { checkInvitees } from '#shared/invites/invitees.ts';
import { inviteResults } from '#shared/inviting/show-created.ts';
import { inviteUrl } from '#shared/invites/show-invite.ts';
import { locales } from '#shared/locale.ts';
import { operation } from '#shared/operation/operation.ts';

/** Stand in for the token and the code: a preview gives no access. */
const placeholder = { token: '…', code: 'XXXXXXXXXX' };

export default operation({
  summary:
    'What creating these invites would do, address by address, and the mail that would go out. It creates nothing.',
  method: 'POST',
  path: '/v1/admin/invites/preview',
  auth: 'admin',
  body: createInvitesBody,
  response: z.object({
    /**
     * One for each entry of `emails`, in order. `duplicate`: the address stands earlier in the list. Domains may repeat: each gets
     * an invite.
     */
    items: z.array(
      z.object({
        email: z.string(),
        result: z.enum([...inviteResults, 'duplicate']),
        /** Why the address is bad. */
        reason: z.optional(z.string()),
      }),
    ),
    /** The mail with placeholders for link and code; null if none would go out. */
    mail: z.nullable(z.object({ locale: z.enum(locales), subject: z.string(), text: z.string() })),
  }),
  uses: [checkInvitees, findOpenInvites],
  errors: ['invalid', 'app_unknown'],
  rate: [{ per: 'user', limit: 120, window: '1m' }],
  ifLost: null,
  async run({ body, caller, invitees, openInvites, clock, settings, origin, request, fail }) {
    refuseUnknownApp(body.app, settings, fail);
    const now = clock.now();
    const entries = typedEntries(body, request.locale);
    const unique = [...new Set(entries.flatMap(({ email }) => email ?? []))];
    const [obstacles, open] = await Promise.all([
      invitees.obstacles(unique),
      body.kind === 'domain' ? new Set<string>() : openInvites.among(unique, now),
    ]);
    const seen = new Set<string>();
    const items = entries.map(({ typed, email, reason }) => {
      if (email === undefined) return { email: typed, result: 'bad_address' as const, reason };
      if (body.kind !== 'domain' && seen.has(email)) return { email, result: 'duplicate' as const };
      seen.add(email);
      const result = obstacles.get(email) ?? (open.has(email) ? 'already_invited' : 'invited');
      return { email, result } as const;
    });
    const mailed = goOutByMail(body, settings);
    if (!mailed || !items.some(({ result }) => result === 'invited')) return { items, mail: null };
    const draft = newInvite({ ...body, id: '', issuer: caller.user, ownCode: false, mailed, settings }, now);
    const locale = draft.locale ?? settings.locale;
    const enclosed = { url: inviteUrl(origin, placeholder.token), code: placeholder.code, origin };
    const { subject, text } = composeInviteMail(draft, enclosed, settings, locale);
    return { items, mail: { locale, subject, text } };
  },
});
