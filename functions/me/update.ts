import * as z from 'zod/mini';
import { day } from '#shared/clock.ts';
import { captchaField } from '#shared/guards/challenge.ts';
import { guardGuessing, unlimited, type GuessBudget } from '#shared/guards/guard-guessing.ts';
import { requireCaptchas } from '#shared/guards/require-captchas.ts';
import { countTries } from '#shared/guards/tries.ts';
import { accountRefusalTexts } from '#shared/account/refusal-texts.ts';
import { changeProfiles } from '#shared/account/change-profile.ts';
import { keepLanguage } from '#shared/http/cookies.ts';
import { localeField, ruleAt } from '#shared/http/fields.ts';
import { speaksByCookie } from '#shared/sessions/session-cookie.ts';
import { profileSchemas, usernameField } from '#shared/users/fields.ts';
import { showUser, userResponse } from '#shared/users/show-user.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';

const fields = {
  username: z.optional(usernameField),
  ...profileSchemas((field) => z.optional(field)),
  locale: z.optional(localeField),
};
type Fields = z.output<z.ZodMiniObject<typeof fields>> & { captcha?: string | undefined };

/**
 * That a username is taken reveals that its owner has an account. A user may learn this five times a day. From then on each rename
 * needs a captcha, even to a free name, so that the demand itself reveals nothing (C104).
 */
const askingBudget = (userId: string): GuessBudget => ({
  name: `asked#${userId}`,
  free: 5,
  limit: unlimited,
  windowMs: day,
});

export default operation({
  summary: 'Changes my username, my names or my language.',
  method: 'PATCH',
  path: '/v1/me',
  auth: 'session',
  body: z
    .strictObject({ ...fields, captcha: captchaField })
    .check(
      ruleAt<Fields>(
        'username',
        ({ captcha: _, ...profile }) => Object.values(profile).some((one) => one !== undefined),
        'change',
      ),
    ),
  response: userResponse,
  uses: [changeProfiles, countTries, requireCaptchas],
  errors: ['unauthenticated', 'username_taken', 'captcha_required'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: lostAnswers.account,
  async run({ body, caller, profiles, settings, clock, request, cookies, log, fail, ...tools }) {
    const { captcha, ...profile } = body;
    const now = clock.now();
    const asks = profile.username !== undefined && profile.username !== caller.user.username;
    const budgets = asks && settings.rates !== 'off' ? [askingBudget(caller.user.id)] : [];
    const changed = await guardGuessing(budgets, { request, captcha }, tools, now, async () => {
      const outcome = await profiles.change(caller.user, profile, request.address, now);
      return outcome === 'username_taken' ? undefined : { user: outcome };
    });
    if (!changed) return fail('username_taken', { explain: accountRefusalTexts.nameTaken });
    const user = changed.user ?? fail('unauthenticated');
    // From now on this browser shows pages in the language that its user has chosen.
    if (body.locale && speaksByCookie(request)) cookies.push(keepLanguage(body.locale));
    log.info('user.updated', { userId: user.id });
    return showUser(user);
  },
});
