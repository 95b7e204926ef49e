import { html } from 'hono/html';
import { displayName, type User } from '#shared/domain/user.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/settings.ts';
import type { Locale } from '#shared/texts/locale.ts';
import { pageTexts as texts } from '#shared/texts/pages.ts';
import { adminPanel } from '../admin-panel.ts';
import { htmlPage } from '../layout.ts';

interface View {
  user: User;
  locale: Locale;
  settings: Settings;
}

/** The signed-in first page. Signing out works without scripts; the admin's panel is filled by the script. */
export function homePage({ user, locale, settings }: View): Answer {
  const isAdmin = user.role === 'admin';
  return htmlPage({
    locale,
    appName: settings.appName,
    title: displayName(user),
    script: isAdmin,
    content: html`<h1>${displayName(user)}</h1>
      <dl>
        <dt>${texts.username[locale]}</dt>
        <dd>
          ${user.username}${isAdmin ? html` <span class="tag">${texts.administrator[locale]}</span>` : ''}
        </dd>
        ${
          user.email
            ? html`<dt>${texts.email[locale]}</dt>
                <dd>
                  ${user.email}
                  ${user.emailVerified ? '' : html`<span class="tag">${texts.unverified[locale]}</span>`}
                </dd>`
            : ''
        }
      </dl>
      ${settings.appUrl ? html`<p><a class="button" href="${settings.appUrl}">${texts.toApp[locale]}</a></p>` : ''}
      <form method="post" action="/logout">
        <button type="submit" class="plain">${texts.signOut[locale]}</button>
      </form>
      ${isAdmin ? adminPanel(locale, settings) : ''}`,
  });
}
