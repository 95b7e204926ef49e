import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, languageTags, type Locale, type Text } from '#shared/locale.ts';
import { invitesLeft, isVerified, mayAdminister, type User } from '#shared/users/user.ts';
import type { Fragment } from './layout.ts';
import { accountTexts } from './texts/account.ts';
import { frameTexts } from './texts/frame.ts';
import { homeTexts as texts } from './texts/home.ts';

interface Way {
  path: string;
  title: Text;
  why: string;
}

interface View {
  user: User;
  /** How many API keys are kept; undefined if the page must not know (C69). */
  keyCount: number | undefined;
  locale: Locale;
  settings: Settings;
}

/** Where the user can go from here. If the user may store API keys and has none, the way to the keys offers to store one. */
export function homeWays(view: View): Fragment {
  const { user, keyCount, locale, settings } = view;
  const { knownServices } = settings;
  const titles = Object.values(knownServices).map(({ title }) => title);
  const mayStore = keyCount !== undefined && isVerified(user) && titles.length > 0;
  const ways: (Way | false)[] = [
    mayAdminister(user) && { path: '/admin', title: texts.administer, why: texts.administerWhy[locale] },
    mayStore && keyCount === 0
      ? {
          path: '/keys',
          title: texts.keysNone,
          why: fill(texts.keysNoneWhy[locale], {
            providers: new Intl.ListFormat(languageTags[locale]).format(titles),
          }),
        }
      : titles.length > 0 && { path: '/keys', title: frameTexts.keys, why: texts.keysWhy[locale] },
    wayToInvites(view),
    { path: '/account', title: accountTexts.account, why: texts.accountWhy[locale] },
  ];
  return html`<h2>${texts.next[locale]}</h2>
    <ul class="ways">
      ${ways
        .filter((way) => way !== false)
        .map(
          ({ path, title, why }) =>
            html`<li>
              <a href="${path}"><strong>${title[locale]}</strong> <span>${why}</span></a>
            </li>`,
        )}
    </ul>`;
}

/** For users who have invites to send, or have sent some. A bound page does not say how many. */
function wayToInvites({ user, keyCount, locale, settings }: View): Way | false {
  const left = invitesLeft(user, settings);
  if (left === 0 && !user.invitesSent) return false;
  const title = left > 0 && settings.mailFrom !== null ? texts.inviteSome : frameTexts.ownInvites;
  const isTold = keyCount !== undefined && title === texts.inviteSome;
  const why = isTold ? fill(texts.inviteWhy[locale], { count: left }) : texts.invitesWhy[locale];
  return { path: '/invites', title, why };
}
