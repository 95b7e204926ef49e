import type { Request } from '#shared/http/request.ts';
import type { Form } from '#shared/operation/form.ts';
import { problemPage } from '../pages/problem.ts';
import { returnPath, takingMaxLength } from '../return-path.ts';

/** The language switch of every page. The page is shown again in the chosen language. */
export const languageForm: Form = {
  path: '/language',
  read: ({ language }) => ({ body: { language } }),
  done: ({ here }, settings, _output, request) =>
    returnPath(here ?? shownPage(request), settings, takingMaxLength),
  again: (problem, _fields, request, settings) => problemPage(problem, request, settings),
};

/** The page with the form, from the referrer that browsers send within an origin. */
function shownPage({ headers: { referer = '', origin } }: Request): string {
  const url = URL.canParse(referer) ? new URL(referer) : undefined;
  return url && url.origin === origin ? url.pathname + url.search : '/';
}
