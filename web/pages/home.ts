import { html } from 'hono/html';
import { displayName, mayAdminister, type User } from '#shared/users/user.ts';
import { errorTable } from '#shared/errors/table.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { accountTexts } from '../texts/account.ts';
import type { Locale, Text } from '#shared/locale.ts';
import { inviteListTexts } from '../texts/invites.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { recoveryTexts } from '../texts/recovery.ts';
import { homeApps } from '../home-apps.ts';
import { homeWays } from '../home-ways.ts';
import { homeTexts } from '../texts/home.ts';
import { frame } from '../frame.ts';
import { htmlPage, type Fragment } from '../layout.ts';
import type { Visit } from '../visit.ts';

interface View {
  user: User;
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
  /** Scheme, host and port of this page. */
  origin: string;
  /** How many API keys are kept; undefined on a bound page, which must not know. */
  keyCount?: number | undefined;
  /** Why the visitor was sent here. */
  notice?: (typeof homeNotices)[number] | undefined;
}

/** Acts that lead here once they are done, and `forbidden` if the wanted page is not for the visitor. */
export const homeNotices = ['forbidden', 'password-reset', 'email-verified'] as const;
const doneTexts = {
  'password-reset': recoveryTexts.passwordChanged,
  'email-verified': recoveryTexts.verified,
};

function noticeOf(notice: NonNullable<View['notice']>, locale: Locale): Fragment {
  return notice === 'forbidden'
    ? html`<p class="notice error" role="alert">${errorTable[notice].title[locale]}</p>`
    : html`<p class="notice good" role="status">${doneTexts[notice][locale]}</p>`;
}

/** The signed-in first page, which works without scripts. */
export function homePage(view: View): Answer {
  const { user, visit, now, locale, settings, origin, keyCount, notice } = view;
  const shown = visit.boundSession ? undefined : user;
  const title = shown ? displayName(shown) : accountTexts.account[locale];
  return htmlPage({
    locale,
    settings,
    title,
    visit,
    now,
    // The script takes the notice out of the address, and another language is to tell it too.
    here: notice && `/?notice=${notice}`,
    frame: frame({ user, visit, locale, settings, section: '/' }),
    content: html`<h1${shown ? '' : html` data-me="name"`}>${title}</h1>
      ${notice ? noticeOf(notice, locale) : ''}
      ${profile(shown, locale)} ${settings.mailFrom === null ? '' : verifyNotice(shown, locale)}
      ${homeApps(settings, origin, locale)} ${homeWays({ user, keyCount, locale, settings })}
      ${settings.appUrl ? html`<p><a class="button" href="${settings.appUrl}">${texts.toApp[locale]}</a></p>` : ''}
      ${mayAdminister(user) ? html`<p><a class="button" href="/admin/invites/new">${inviteListTexts.inviteLink[locale]}</a></p>` : ''}`,
  });
}

/** The way to prove the address, if it is not proven yet. */
function verifyNotice(user: User | undefined, locale: Locale): Fragment {
  if (user && !isUnverified(user)) return html``;
  return html`<div class="notice" data-when="unverified" ${user ? '' : 'hidden'}>
    <p>${recoveryTexts.unverifiedNotice[locale]}</p>
    <p>${homeTexts.verifyWhy[locale]}</p>
    <p class="actions"><a class="button" href="/verify">${recoveryTexts.confirm[locale]}</a></p>
  </div>`;
}

const isUnverified = ({ email, emailVerified }: User): boolean => email !== undefined && !emailVerified;

/** The signed-in user. Without `user`, a shell with all parts, which the script fills in (`web/browser/me.ts`). */
function profile(user: User | undefined, locale: Locale): Fragment {
  const tag = (name: string, text: Text, is: boolean) =>
    !user || is ? html`<span class="tag" data-when="${name}">${text[locale]}</span>` : '';
  const email = html`<div data-when="email">
    <dt>${texts.email[locale]}</dt>
    <dd>
      <span data-me="email">${user?.email}</span>
      ${tag('unverified', texts.unverified, user !== undefined && isUnverified(user))}
    </dd>
  </div>`;
  return html`<dl ${user ? '' : 'data-shell hidden'}>
    <div>
      <dt>${texts.username[locale]}</dt>
      <dd>
        <span data-me="username">${user?.username}</span>
        ${tag('admin', texts.administrator, user?.role === 'admin')}
      </dd>
    </div>
    ${!user || user.email ? email : ''}
  </dl>`;
}
