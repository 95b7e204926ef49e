import type { Form } from '#shared/operation/operation.ts';
import { repeatMistakes } from '../new-password.ts';
import { resetPage } from '../pages/reset.ts';
import { signInFirst, verifyCodePage } from '../pages/verify.ts';
import { visitFrom } from '../visit.ts';

/** Sets a new password with a mailed code. */
export const resetForm: Form = {
  path: '/forgot/code',
  read: ({ flow, email, code, password }) => ({ body: { flow, email, code, password } }),
  mistakes: repeatMistakes,
  done: () => '/login?done=password-reset',
  again: (problem, { flow = '', email, code }, { locale }, settings) =>
    resetPage({ locale, settings, flow, email, code, problem }),
};

/** Proves the account's address with a mailed code. */
export const verifyForm: Form = {
  path: '/verify/code',
  read: ({ flow, code }) => ({ body: { flow, code } }),
  done: () => '/',
  again: (problem, fields, { locale, at: now }, settings) =>
    problem.code === 'unauthenticated'
      ? signInFirst
      : verifyCodePage({ visit: visitFrom(fields), now, locale, settings, problem }, fields['flow'] ?? '', {
          code: fields['code'],
        }),
};
