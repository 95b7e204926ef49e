import type { Form } from '#shared/operation/form.ts';
import { atField } from '../field-of-error.ts';
import { passwordMistakes } from '../new-password.ts';
import { resetPage } from '../pages/reset.ts';
import { signInFirst, verifyCodePage } from '../pages/verify.ts';
import { returnPath } from '../return-path.ts';
import { visitFrom } from '../visit.ts';
import { withNext } from '../wanted-page.ts';
import { deviceOfForm } from './device.ts';

/** Sets a new password with a mailed code. */
export const resetForm: Form = {
  path: '/forgot/code',
  read: ({ flow, email, code, password, ...rest }) => ({
    body: { flow, email, code, password, ...deviceOfForm(rest) },
  }),
  mistakes: passwordMistakes,
  // The sign-in page leads on users whom the reset has signed in. Others, who are not on their bound device, read there that it is done.
  done: ({ next }, settings) => withNext('/login?done=password-reset', returnPath(next, settings)),
  again: (problem, { flow = '', email, code, ...fields }, { locale, at: now }, settings) => {
    const next = returnPath(fields['next'], settings);
    return resetPage({ locale, settings, now, flow, email, code, next, problem: atField(problem) });
  },
};

/** Proves the account's address with a mailed code. */
export const verifyForm: Form = {
  path: '/verify/code',
  read: ({ flow, code }) => ({ body: { flow, code } }),
  done: () => '/?notice=email-verified',
  again: (problem, fields, { locale, at: now }, settings) =>
    problem.code === 'unauthenticated'
      ? signInFirst
      : verifyCodePage(
          { visit: visitFrom(fields), now, locale, settings, problem: atField(problem) },
          fields['flow'] ?? '',
          {
            code: fields['code'],
          },
        ),
};
