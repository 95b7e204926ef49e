import type { Purpose } from '#shared/codes/mail-code.ts';
import { seeOther } from '#shared/http/answer.ts';
import type { Form } from '#shared/operation/operation.ts';
import { forgotPage, movePage } from '../pages/forgot.ts';
import { signInFirst, verifyPage } from '../pages/verify.ts';
import { visitFrom } from '../visit.ts';

/** A form that asks for a code of one purpose and leads to the page that takes it. */
const askForm = (path: string, purpose: Purpose, again: Form['again']): Form => ({
  path,
  read: ({ email }) => ({ body: { purpose, email } }),
  done: (_fields, _settings, output) => `${path}/${(output as { flow: string }).flow}`,
  again,
});

/** "Mail me a code", on each page that says so. */
export const askForms = [
  askForm('/forgot', 'password-reset', (problem, { email }, { locale }, settings) =>
    forgotPage({ locale, settings, email, problem }),
  ),
  askForm('/move', 'session-create', (problem, { email }, { locale }, settings) =>
    movePage({ locale, settings, email, problem }),
  ),
  askForm('/verify', 'email-verify', (problem, fields, { locale, at: now }, settings) => {
    if (problem.code === 'unauthenticated') return signInFirst;
    // The account's address has changed since the page was made: a new page knows it.
    if (problem.code === 'invalid') return seeOther('/verify');
    return verifyPage({ visit: visitFrom(fields), now, locale, settings, problem }, fields['email']);
  }),
];
