import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Request } from '#shared/http/request.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { pageTexts } from '../texts/pages.ts';
import { htmlPage, type Fragment } from '../layout.ts';

/** A way on besides signing in. */
interface WayOn {
  content: Fragment;
  /** Whether it is likelier to help than signing in. */
  isMain: boolean;
}

/** An error as a page: the problem, the next step, and a link onward. */
export function problemPage(
  problem: Problem,
  { locale }: Request,
  { appName }: Settings,
  wayOn?: WayOn,
): Answer {
  return htmlPage({
    locale,
    appName,
    status: problem.status,
    title: problem.title,
    content: html`<h1>${problem.title}</h1>
      <p>${problem.detail}</p>
      ${wayOn?.content ?? ''}
      <p class="actions">
        <a class="button ${wayOn?.isMain ? 'plain' : ''}" href="/login">${pageTexts.signIn[locale]}</a>
      </p>
      <p class="note">${pageTexts.requestId[locale]} ${problem.requestId}</p>`,
  });
}
