import * as z from 'zod/mini';
import { deviceIdField } from '#shared/sessions/fields.ts';
import { entrance } from '#shared/sessions/entrance.ts';
import { showUser, userResponse } from '#shared/users/show-user.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Says whether the session is good, and records its use.',
  method: 'POST',
  path: '/v1/sessions/verify',
  auth: 'optional',
  body: z.strictObject({ deviceId: z.optional(deviceIdField) }),
  response: z.union([
    z.object({ valid: z.literal(true), user: userResponse }),
    z.object({ valid: z.literal(false), redirect: z.string() }),
  ]),
  uses: [],
  errors: [],
  rate: [{ per: 'address', limit: ({ sessionChecksPerMinute }) => sessionChecksPerMinute, window: '1m' }],
  recordsUse: true,
  ifLost: null,
  async run({ caller, settings }) {
    return caller
      ? ({ valid: true, user: showUser(caller.user) } as const)
      : ({ valid: false, redirect: entrance(settings) } as const);
  },
});
