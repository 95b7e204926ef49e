import { seeOther } from '#shared/http/answer.ts';
import { entrance } from '#shared/sessions/entrance.ts';
import type { Form } from '#shared/operation/operation.ts';
import { problemPage } from '../pages/problem.ts';

/** The sign-out button of every signed-in page. Whoever is not signed in any more is where they wanted to be. */
export const logoutForm: Form = {
  path: '/logout',
  proofless: true,
  read: () => ({ params: { id: 'current' } }),
  // Whoever switches to another invite, or moves to another device, goes on with that.
  done: ({ next }, settings) => (next === '/register' || next === '/move' ? next : entrance(settings)),
  again: (problem, _fields, request, settings) =>
    problem.code === 'unauthenticated'
      ? seeOther(entrance(settings))
      : problemPage(problem, request, settings),
};
