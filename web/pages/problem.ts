import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import { cookie } from '#shared/http/cookies.ts';
import { safeMethods, type Request } from '#shared/http/request.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { pageTexts } from '../texts/pages.ts';
import { htmlPage, type Fragment } from '../layout.ts';

/** A way on besides signing in. */
export interface WayOn {
  content?: Fragment;
  /** Whether it is likelier to help than signing in. */
  isMain: boolean;
  /** Another one, below both. */
  after?: Fragment;
}

/** What is worth trying again as it is: a page that failed for a while. */
const isWorthRetrying = ({ status }: Problem, { method }: Request): boolean =>
  safeMethods.has(method) && (status === 429 || status >= 500);

/**
 * An error as a page: the problem, the next step, and a link onward. Whether the visitor is signed in is not looked up for it; that a
 * cookie says so is enough to call the way on by its name.
 */
export function problemPage(problem: Problem, request: Request, settings: Settings, wayOn?: WayOn): Answer {
  const { locale, cookies } = request;
  const isRetried = isWorthRetrying(problem, request);
  // This same address, which may hold a link's secret, and so is not written into the page.
  const retry = html`<a class="button" href="">${pageTexts.tryAgain[locale]}</a>`;
  const [path, label] = cookies[cookie.session] ? ['/', pageTexts.firstPage] : ['/login', pageTexts.signIn];
  return htmlPage({
    locale,
    settings,
    status: problem.status,
    title: problem.title,
    script: true,
    content: html`<h1>${problem.title}</h1>
      <p>${problem.detail}</p>
      ${wayOn?.content ?? ''}
      <p class="actions">
        ${isRetried ? retry : ''}
        <a class="button ${wayOn?.isMain || isRetried ? 'plain' : ''}" href="${path}">${label[locale]}</a>
      </p>
      ${wayOn?.after ?? ''}
      <p class="note">${pageTexts.requestId[locale]} ${problem.requestId}</p>`,
  });
}
