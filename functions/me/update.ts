import * as z from 'zod/mini';
import { changeProfiles } from '#shared/account/change-profile.ts';
import { localeField, ruleAt } from '#shared/http/fields.ts';
import { profileSchemas, usernameField } from '#shared/users/fields.ts';
import { showUser, userResponse } from '#shared/users/show-user.ts';
import { operation } from '#shared/operation/operation.ts';

const fields = {
  username: z.optional(usernameField),
  ...profileSchemas((field) => z.optional(field)),
  locale: z.optional(localeField),
};
type Fields = z.output<z.ZodMiniObject<typeof fields>>;

export default operation({
  summary: 'Changes my username, my names or my language.',
  method: 'PATCH',
  path: '/v1/me',
  auth: 'session',
  body: z
    .strictObject(fields)
    .check(
      ruleAt<Fields>('username', (body) => Object.values(body).some((one) => one !== undefined), 'change'),
    ),
  response: userResponse,
  uses: [changeProfiles],
  errors: ['unauthenticated', 'username_taken'],
  // Whether a name is taken tells who is here.
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  async run({ body, caller, profiles, clock, request, log, fail }) {
    const changed = await profiles.change(caller.user, body, request.address, clock.now());
    if (changed === 'username_taken') return fail('username_taken');
    const user = changed ?? fail('unauthenticated');
    log.info('user.updated', { userId: user.id });
    return showUser(user);
  },
});
