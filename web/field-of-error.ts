import type { Problem } from '#shared/errors/problem.ts';

/** Errors that are about one field. */
const fieldOfError: Partial<Record<Problem['code'], string>> = {
  code_invalid: 'code',
  email_taken: 'email',
  email_mismatch: 'email',
  username_taken: 'username',
};

/** The problem with its place in the form, if it is about one field. */
export function atField<Told extends Partial<Problem>>(problem: Told): Told {
  const { code, title } = problem;
  const path = code && fieldOfError[code];
  return path && title ? { ...problem, errors: [{ path, message: title }] } : problem;
}
