import { expect, test } from 'vitest';
import { locales } from '#shared/locale.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { problemNotice } from '#web/field.ts';

const problem: Problem = {
  type: 'urn:latchkey:error:invalid',
  title: 'T',
  status: 422,
  code: 'invalid',
  detail: 'D',
  requestId: 'r',
  errors: [{ path: 'email', message: 'M' }],
};

test.each(locales)(
  'R4.13: a mistake stands behind its field with the colon of the language, in %s',
  (locale) => {
    const colon = { ja: ': ', zh: '：', en: ': ' }[locale];
    expect(String(problemNotice(problem, locale))).toContain(`${pageTexts.email[locale]}</a>${colon}M`);
  },
);
