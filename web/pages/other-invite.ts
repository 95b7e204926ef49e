import { html } from 'hono/html';
import { displayName, type User } from '#shared/users/user.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { htmlPage } from '../layout.ts';
import type { Visit } from '../visit.ts';

interface View {
  /** Token of the invite that the page is about. */
  token: string;
  /** The page that was wanted. */
  next: string;
  user: User;
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
}

/** For a signed-in user who opened another person's invite: stay signed in, or switch accounts. */
export function otherInvitePage({ token, next, user, visit, now, locale, settings }: View): Answer {
  const hint = fill(texts.otherInviteHint[locale], { name: displayName(user) });
  return htmlPage({
    locale,
    settings,
    title: texts.otherInvite[locale],
    visit,
    now,
    content: html`<h1>${texts.otherInvite[locale]}</h1>
      ${visit.boundSession ? '' : html`<p>${hint}</p>`}
      <p class="actions"><a class="button" href="${next}">${texts.stay[locale]}</a></p>
      <form method="post" action="/logout">
        <input type="hidden" name="next" value="/register" />
        ${next === '/' ? '' : html`<input type="hidden" name="wanted" value="${next}" />`}
        <input type="hidden" name="token" value="${token}" />
        <button type="submit" class="plain">${texts.switch[locale]}</button>
      </form>`,
  });
}
