import * as z from 'zod/mini';
import { tokenField } from '#shared/invites/fields.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { inspectLink, letsIn } from '#shared/invites/inspect-invite.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { noteSteps } from '#shared/invites/note-steps.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary:
    'Notes that somebody has begun to fill in the form of an invite, for its statistics. It uses nothing up, and answers the same for every link.',
  method: 'POST',
  path: '/v1/invites/open',
  auth: 'public',
  body: z.strictObject({ token: tokenField }),
  response: z.undefined(),
  status: 204,
  uses: [readInvites, checkTokens, noteSteps],
  errors: [],
  rate: [{ per: 'address', limit: 60, window: '1m' }],
  ifLost: null,
  async run({ body, invites, tokens, steps, clock }) {
    const now = clock.now();
    const inspection = await inspectLink(body.token, { invites, tokens }, now);
    if (!letsIn(inspection) || inspection.invite.openedAt !== undefined) return undefined;
    await steps.opened(inspection.invite, now);
    return undefined;
  },
});
