import { cookie } from '#shared/http/cookies.ts';
import type { Form } from '#shared/operation.ts';
import { problemPage } from '../pages/problem.ts';
import { registerPage } from '../pages/register.ts';

/** Errors that no other input can mend: the invite itself lets nobody in. */
const final = new Set(['invite_invalid', 'invite_expired', 'invite_used', 'invite_revoked']);

/** The register page's form. The invite's token comes from the cookie that the invite page has set. */
export const registerForm: Form = {
  path: '/register',
  read: (fields, cookies) => {
    const { email, username, password, firstName, lastName, locale } = fields;
    return {
      body: { token: cookies[cookie.invite] ?? '', email, username, password, firstName, lastName, locale },
    };
  },
  done: () => '/',
  again: (problem, fields, request, settings) =>
    final.has(problem.code)
      ? problemPage(problem, request, settings)
      : registerPage({ locale: request.locale, settings, fields, problem }),
};
