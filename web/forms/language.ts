import type { Request } from '#shared/http/request.ts';
import type { Form } from '#shared/operation/form.ts';
import { problemPage } from '../pages/problem.ts';
import { returnPath } from '../return-path.ts';

/** The switch of each page, which is shown again in the language that was chosen. */
export const languageForm: Form = {
  path: '/language',
  read: ({ language }) => ({ body: { language } }),
  done: ({ here }, settings, _output, request) => returnPath(here ?? shownPage(request), settings),
  again: (problem, _fields, request, settings) => problemPage(problem, request, settings),
};

/** The page that the form stood on, which browsers tell pages of the same origin. */
function shownPage({ headers: { referer = '', origin } }: Request): string {
  const url = URL.canParse(referer) ? new URL(referer) : undefined;
  return url && url.origin === origin ? url.pathname + url.search : '/';
}
