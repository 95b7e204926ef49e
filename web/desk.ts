import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Locale, Text } from '#shared/locale.ts';
import type { User } from '#shared/users/user.ts';
import type { AdminView } from './desk/admin.tsx';
import type { MemberView } from './desk/member.tsx';
import { frame, type Section } from './frame.ts';
import { htmlPage } from './layout.ts';
import { scriptTexts } from './script-texts.ts';
import { deskTexts } from './texts/desk.ts';
import type { Visit } from './visit.ts';

type View = { desk: 'admin'; view: AdminView } | { desk: 'member'; view: MemberView };

export type DeskPage = View & {
  title: Text;
  section: Section;
  texts: Readonly<Record<string, Text>>;
  /** Facts about the deployment and the path for the view; nothing about a person (C69). */
  facts?: object;
  user: User;
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
};

/** A page that a script draws into (`web/desk`): the frame, its heading, and what is shown until the script runs. */
export function deskPage(page: DeskPage): Answer {
  const { desk, view, title, section, texts, facts = {}, user, visit, now, locale, settings } = page;
  return htmlPage({
    locale,
    settings,
    title: title[locale],
    visit,
    now,
    frame: frame({ user, visit, locale, settings, section }),
    desk,
    content: html`<h1>${title[locale]}</h1>
      <div
        id="desk"
        data-view="${view}"
        data-texts="${scriptTexts({ ...deskTexts, ...texts }, locale)}"
        data-facts="${JSON.stringify(facts)}"
      >
        <p class="loading">${deskTexts.loading[locale]}</p>
      </div>`,
  });
}
