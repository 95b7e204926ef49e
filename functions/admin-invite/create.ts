import * as z from 'zod/mini';
import { createInvites } from '#shared/data/create-invites.ts';
import { inviteKinds, newInvite, roles } from '#shared/domain/invite.ts';
import * as field from '#shared/fields.ts';
import { inviteUrl } from '#shared/http/invite.ts';
import { expiryToIso } from '#shared/http/time.ts';
import { inBatches } from '#shared/batches.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
import { operation } from '#shared/operation.ts';
import { newId } from '#shared/random.ts';

const most = 100;
/** Invites made at once: enough to hide the store's latency, too few to crowd out others. */
const atOnce = 10;

export default operation({
  summary: 'Creates invites: a number of open ones, or one for each address.',
  method: 'POST',
  path: '/v1/admin/invites',
  auth: 'admin',
  body: z
    .strictObject({
      count: z._default(z.int().check(z.gte(1), z.lte(most)), 1),
      emails: z.optional(
        z.array(z.string().check(z.maxLength(320))).check(z.minLength(1), z.maxLength(most)),
      ),
      kind: z.optional(z.enum(inviteKinds)),
      maxUses: z._default(z.int().check(z.gte(1), z.lte(1000)), 1),
      expiresInDays: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(365)))),
      role: z._default(z.enum(roles), 'general'),
      note: z.optional(field.lineField(200)),
      locale: z.optional(field.localeField),
      send: z.optional(z.boolean()),
    })
    .check(
      field.ruleAt('emails', ({ kind, emails }) => kind !== 'email' || emails !== undefined, 'emails'),
      field.ruleAt(
        'maxUses',
        ({ kind, emails, maxUses }) => maxUses === 1 || kind === 'account' || !emails,
        'single',
      ),
    ),
  response: z.object({
    invites: z.array(
      z.object({
        id: z.optional(z.string()),
        url: z.optional(z.string()),
        email: z.optional(z.string()),
        expiresAt: z.optional(z.nullable(z.string())),
        status: z.optional(z.literal('active')),
        result: z.enum(['invited', 'member', 'already_invited', 'bad_address']),
      }),
    ),
  }),
  status: 201,
  uses: [createInvites, issueTokens],
  errors: [],
  rate: [{ per: 'user', limit: 120, window: '1m' }],
  async run({ body, caller, invites, tokens, clock, settings, origin, request, log }) {
    const now = clock.now();
    const { user } = caller;
    const addresses = body.emails?.map((typed) => ({ typed, email: field.emailField.safeParse(typed).data }));
    const members = await invites.members(addresses?.flatMap(({ email }) => email ?? []) ?? []);
    const mailed = addresses !== undefined && settings.mailFrom !== null && (body.send ?? true);

    const create = async ({ typed, email }: { typed?: string; email?: string | undefined }) => {
      if (typed !== undefined && email === undefined) return { email: typed, result: 'bad_address' } as const;
      if (email !== undefined && members.has(email)) return { email, result: 'member' } as const;
      const invite = newInvite({ ...body, id: newId(), email, issuer: user, mailed, settings }, now);
      const open = await invites.create(invite, { actorId: user.id, address: request.address });
      if (open !== undefined) return { id: open, email, result: 'already_invited' } as const;
      log.info('invite.created', { inviteId: invite.id, userId: user.id });
      const url = inviteUrl(origin, await tokens.issue(invite, 'shown'));
      return {
        id: invite.id,
        url,
        email,
        expiresAt: expiryToIso(invite.expiresAt),
        status: 'active',
        result: 'invited',
      } as const;
    };
    return {
      invites: await inBatches(addresses ?? Array.from({ length: body.count }, () => ({})), atOnce, create),
    };
  },
});
