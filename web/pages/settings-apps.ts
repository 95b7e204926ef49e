import { html } from 'hono/html';
import type { AppFacts } from '#shared/deployment/apps.ts';
import type { Locale } from '#shared/locale.ts';
import type { Fragment } from '../layout.ts';
import { cardsTable, cellIn } from './cards-table.ts';
import { settingsPageTexts as texts } from '../texts/settings.ts';

/** The deployment's apps, and where their guests are led. The apps' other addresses would not fit into the function's environment. */
export function settingsApps({ appEntrances }: Pick<AppFacts, 'appEntrances'>, locale: Locale): Fragment {
  const apps = Object.entries(appEntrances);
  if (apps.length === 0) return html`<p>${texts.noApps[locale]}</p>`;
  const cell = cellIn(locale);
  return cardsTable(
    {
      label: texts.apps,
      titles: [texts.appName, texts.appTitle, texts.appEntrance, texts.takesGuests],
      rows: apps.map(
        ([name, { title, uri, takesGuests }]) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">${name}</th>
            ${cell(texts.appTitle, title)} ${cell(texts.appEntrance, uri ?? texts.none[locale])}
            ${cell(texts.takesGuests, texts[uri !== null && takesGuests ? 'yes' : 'no'][locale])}
          </tr>`,
      ),
    },
    locale,
  );
}
