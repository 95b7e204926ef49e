import type readMe from '#functions/me/read.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { accountPageTexts } from '../../../texts/account-page.ts';
import type { Strength } from '../../../strength.ts';
import type { TextOf } from '../../kit/texts.ts';

export type Me = AnswerOf<typeof readMe>;

/** Facts for the page. About its owner they say only whether there is a password (C69). */
export interface AccountFacts {
  hasPassword: boolean;
  sendsMail: boolean;
  /** Titles of the apps that there are, by their names. */
  apps: Readonly<Record<string, string>>;
  strength: Strength;
  passwordMinLength: number;
  mailCode: { length: number; typedMaxLength: number; minutes: number };
}

export type Texts = TextOf<typeof accountPageTexts>;

/** Shows a wrong confirmation password at its field. The API's error itself is about signing in. */
export const aboutPassword =
  (path: string, t: Texts) =>
  (problem: Partial<Problem>): Partial<Problem> =>
    problem.code === 'invalid_credentials'
      ? { title: t('wrongPassword'), detail: '', errors: [{ path, message: t('wrongPassword') }] }
      : problem;
