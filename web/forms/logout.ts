import { seeOther } from '#shared/http/answer.ts';
import { carryInvite } from '#shared/http/cookies.ts';
import { parseInviteToken } from '#shared/invites/invite-token.ts';
import { entrance } from '#shared/sessions/entrance.ts';
import type { Form } from '#shared/operation/form.ts';
import { problemPage } from '../pages/problem.ts';
import { returnPath } from '../return-path.ts';
import { withNext } from '../wanted-page.ts';

/** The sign-out button of every signed-in page. If the session has already ended, that is no error: the visitor is led on. */
export const logoutForm: Form = {
  path: '/logout',
  proofless: true,
  read: () => ({ params: { id: 'current' } }),
  // Visitors who switch to another invite, or move to another device, continue there.
  done: ({ next, wanted }, settings) =>
    next === '/register' || next === '/move'
      ? withNext(next, returnPath(wanted, settings))
      : entrance(settings),
  carries: ({ next, token = '' }) =>
    next === '/register' && parseInviteToken(token) ? [carryInvite(token)] : [],
  again: (problem, _fields, request, settings) =>
    problem.code === 'unauthenticated'
      ? seeOther(entrance(settings))
      : problemPage(problem, request, settings),
};
