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
  /** Whether this way is more likely to help than signing in. */
  isMain: boolean;
  /** Another way on, below both. */
  after?: Fragment;
}

/** Whether the same request is worth trying again: for a page, after a temporary failure. */
const isWorthRetrying = ({ status }: Problem, { method }: Request): boolean =>
  safeMethods.has(method) && (status === 429 || status >= 500);

/**
 * An error as a page: the problem, the next step, and a link onward. It does not look up whether the visitor is signed in: a
 * session cookie is enough to choose the link.
 */
export function problemPage(problem: Problem, request: Request, settings: Settings, wayOn?: WayOn): Answer {
  const { locale, cookies } = request;
  const isRetried = isWorthRetrying(problem, request);
  // The empty address is this page's own. That may hold a link's secret, so it is not written into the page.
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
