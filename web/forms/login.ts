import type { Form } from '#shared/operation/form.ts';
import { loginPage } from '../pages/login.ts';
import { moveCodePage } from '../pages/move-code.ts';
import { atField } from '../field-of-error.ts';
import { returnPath } from '../return-path.ts';
import { deviceOfForm } from './device.ts';

export const loginForm: Form = {
  path: '/login',
  read: ({ login, password, flow, code, captcha, ...rest }) => ({
    body: { login, password, ...(flow !== undefined && { flow, code }), captcha, ...deviceOfForm(rest) },
  }),
  done: ({ next }, settings) => returnPath(next, settings),
  again: (problem, fields, { locale, at: now }, settings) => {
    const { login, flow } = fields;
    const next = returnPath(fields['next'], settings);
    const captcha = fields['captcha'] !== undefined || problem.code === 'captcha_required';
    const isAgain = fields['again'] !== undefined;
    const view = { locale, settings, now, problem, login, captcha, next, isAgain };
    return flow === undefined
      ? loginPage(view)
      : moveCodePage({ ...view, problem: atField(problem), flow, code: fields['code'] });
  },
};
