import type { Form } from '#shared/operation/form.ts';
import { problemPage } from '../pages/problem.ts';

/** "Send me a new one", on the page of a link that is over. */
export const renewForm: Form = {
  path: '/invite/renew',
  read: ({ token = '' }) => ({ body: { token } }),
  done: () => '/invite/renewed',
  again: (problem, _fields, request, settings) => problemPage(problem, request, settings),
};
