import * as z from 'zod/mini';
import { changeLocales } from '#shared/account/change-profile.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { keepLanguage } from '#shared/http/cookies.ts';
import { localeField } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';
import { languageForm } from '#web/forms/language.ts';

export default operation({
  summary: "Chooses this browser's language of pages, and who is signed in, that of their mails.",
  method: 'PUT',
  path: '/v1/language',
  auth: 'optional',
  body: z.strictObject({ language: localeField }),
  response: z.undefined(),
  status: 204,
  uses: [changeLocales],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  forms: [languageForm],
  ifLost: lostAnswers.other,
  async run({ body: { language }, caller, locales, clock, request, cookies, log }) {
    cookies.push(keepLanguage(language));
    if (caller && caller.user.locale !== language) {
      await locales.change(caller.user, language, request.address, clock.now());
      log.info('user.updated', { userId: caller.user.id });
    }
    return undefined;
  },
});
