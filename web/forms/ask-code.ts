import type { Purpose } from '#shared/codes/mail-code.ts';
import { seeOther } from '#shared/http/answer.ts';
import type { Form } from '#shared/operation/form.ts';
import { forgotPage, movePage } from '../pages/forgot.ts';
import { signInFirst, verifyPage } from '../pages/verify.ts';
import { returnPath } from '../return-path.ts';
import { visitFrom } from '../visit.ts';
import { withNext } from '../wanted-page.ts';

/** A form that asks for a code for one purpose and leads to the page that takes the code. */
const askForm = (path: string, purpose: Purpose, again: Form['again']): Form => ({
  path,
  read: ({ email }) => ({ body: { purpose, email } }),
  done: ({ next }, settings, output) =>
    withNext(`${path}/${(output as { flow: string }).flow}`, returnPath(next, settings)),
  again,
});

/** "Mail me a code", on each page that says so. */
export const askForms = [
  askForm('/forgot', 'password-reset', (problem, { email, next }, { locale }, settings) =>
    forgotPage({ locale, settings, email, problem, next: returnPath(next, settings) }),
  ),
  askForm('/move', 'session-create', (problem, { email, next }, { locale }, settings) =>
    movePage({ locale, settings, email, problem, next: returnPath(next, settings) }),
  ),
  askForm('/verify', 'email-verify', (problem, fields, { locale, at: now }, settings) => {
    if (problem.code === 'unauthenticated') return signInFirst;
    // The account's address has changed since the page was made: a new page knows it.
    if (problem.code === 'invalid') return seeOther('/verify');
    return verifyPage({ visit: visitFrom(fields), now, locale, settings, problem }, fields['email']);
  }),
];
