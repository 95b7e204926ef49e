import type { Form } from '#shared/operation/form.ts';
import { html } from 'hono/html';
import type { Locale } from '#shared/locale.ts';
import { problemPage, type WayOn } from '../pages/problem.ts';
import { pageTexts } from '../texts/pages.ts';

/** The way back to the page with the button, for a guest who must wait a moment before pressing it again. */
const backTo = (token: string, locale: Locale): WayOn => ({
  content: html`<p class="actions">
    <a class="button" href="${`/invite/${encodeURIComponent(token)}`}">${pageTexts.tryAgain[locale]}</a>
  </p>`,
  isMain: true,
});

/** "Send me a new one", on the page of a link that has ended. */
export const renewForm: Form = {
  path: '/invite/renew',
  read: ({ token = '' }) => ({ body: { token } }),
  done: () => '/invite/renewed',
  again: (problem, { token = '' }, request, settings) =>
    problemPage(
      problem,
      request,
      settings,
      problem.status === 429 ? backTo(token, request.locale) : undefined,
    ),
};
