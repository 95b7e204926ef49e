import * as z from 'zod/mini';
import { requireCaptchas } from '#shared/guards/require-captchas.ts';
import { findInvites } from '#shared/invites/find-invites.ts';
import { countTries } from '#shared/guards/tries.ts';
import { inviteKinds } from '#shared/invites/invite.ts';
import { maskEmail } from '#shared/email.ts';
import { errorTable } from '#shared/errors/table.ts';
import { oneReference, referenceFields } from '#shared/invites/fields.ts';
import { expiryToIso } from '#shared/http/time.ts';
import { inspectInvite, letsIn, refusalOf } from '#shared/invites/inspect-invite.ts';
import { deadStatuses } from '#shared/invites/states.ts';
import { findCodes } from '#shared/invites/invite-codes.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { readable } from '#shared/others-words.ts';
import { operation } from '#shared/operation/operation.ts';
import { inviteTexts, saidOf } from '#shared/invites/invite-texts.ts';

export default operation({
  summary: 'Says whether an invite is good, and changes nothing.',
  method: 'POST',
  path: '/v1/invites/verify',
  auth: 'public',
  body: z.strictObject(referenceFields).check(oneReference),
  response: z.object({
    valid: z.boolean(),
    reason: z.optional(z.enum(['invalid', ...deadStatuses])),
    message: z.string(),
    kind: z.optional(z.enum(inviteKinds)),
    email: z.optional(z.string()),
    inviter: z.optional(z.string()),
    expiresAt: z.optional(z.nullable(z.string())),
    usesLeft: z.optional(z.int()),
  }),
  uses: [findInvites, checkTokens, findCodes, countTries, requireCaptchas],
  errors: ['captcha_required', 'rate_limited'],
  rate: [{ per: 'address', limit: 60, window: '1m' }],
  ifLost: null,
  async run({ body, clock, request, ...tools }) {
    const inspection = await inspectInvite(body, tools, request, clock.now());
    if (!letsIn(inspection)) {
      const refusal = refusalOf(inspection);
      const { title = errorTable[refusal].title } = saidOf(body, refusal);
      return { valid: false, reason: inspection.status, message: title[request.locale] };
    }
    const { kind, email, issuerName, expiresAt, maxUses, uses } = inspection.invite;
    return {
      valid: true,
      message: inviteTexts.good[request.locale],
      kind,
      email: email && maskEmail(email),
      inviter: issuerName && readable(issuerName),
      expiresAt: expiryToIso(expiresAt),
      usesLeft: maxUses - uses,
    };
  },
});
