import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Request } from '#shared/http/request.ts';
import type { Settings } from '#shared/settings.ts';
import { pageTexts } from '#shared/texts/pages.ts';
import { htmlPage } from '../layout.ts';

/** An error as a page: what is wrong, what to do next, and a way on. */
export function problemPage(problem: Problem, { locale }: Request, { appName }: Settings): Answer {
  return htmlPage({
    locale,
    appName,
    status: problem.status,
    title: problem.title,
    content: html`<h1>${problem.title}</h1>
      <p>${problem.detail}</p>
      <p class="actions"><a class="button" href="/login">${pageTexts.signIn[locale]}</a></p>
      <p class="note">${pageTexts.requestId[locale]} ${problem.requestId}</p>`,
  });
}
