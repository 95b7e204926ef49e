import { html } from 'hono/html';
import type { AppFacts } from '#shared/deployment/apps.ts';
import type { Locale } from '#shared/locale.ts';
import { entranceUrl } from '#shared/registration/landing.ts';
import type { Fragment } from './layout.ts';
import { homeTexts as texts } from './texts/home.ts';

/** The apps that the user can go on to, and is signed in to by a click. Their addresses name no user (C69). */
export function homeApps(
  { appEntrances }: Pick<AppFacts, 'appEntrances'>,
  origin: string,
  locale: Locale,
): Fragment {
  const links = Object.values(appEntrances).flatMap(({ title, uri }) =>
    uri === null
      ? []
      : html`<li>
          <a href="${entranceUrl(uri, origin)}"><strong>${title}</strong></a>
        </li>`,
  );
  if (links.length === 0) return html``;
  return html`<h2>${texts.apps[locale]}</h2>
    <ul class="ways">
      ${links}
    </ul>`;
}
