import type { Form } from '#shared/operation.ts';
import { loginPage } from '../pages/login.ts';
import { returnPath } from '../return-path.ts';

export const loginForm: Form = {
  path: '/login',
  read: ({ login, password }) => ({ body: { login, password } }),
  done: ({ next }, settings) => returnPath(next, settings),
  again: (problem, { login, next }, { locale }, settings) =>
    loginPage({ locale, settings, problem, login, next: returnPath(next, settings) }),
};
