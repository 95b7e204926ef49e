import { cookie } from '#shared/http/cookies.ts';
import type { Form } from '#shared/operation/operation.ts';
import { problemPage } from '../pages/problem.ts';

/** "Send me a new one", on the page of a link that is over and that the invite page's cookie keeps. */
export const renewForm: Form = {
  path: '/invite/renew',
  read: (_fields, cookies) => ({ body: { token: cookies[cookie.invite] ?? '' } }),
  done: () => '/invite/renewed',
  again: (problem, _fields, request, settings) => problemPage(problem, request, settings),
};
