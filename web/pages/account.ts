import { html } from 'hono/html';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { User } from '#shared/users/user.ts';
import { accountTexts as texts } from '../texts/account.ts';
import type { Locale } from '#shared/locale.ts';
import { pageTexts } from '../texts/pages.ts';
import { deleteForm, emailForms, passwordForm, profileForm } from '../account-forms.ts';
import { frame } from '../frame.ts';
import { htmlPage, type Fragment } from '../layout.ts';
import { scriptTexts } from '../script-texts.ts';
import type { Visit } from '../visit.ts';

interface View {
  user: User;
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
}

/** My account: a shell over `/v1/me` and `/v1/sessions`, which the script fills. */
export function accountPage({ user, visit, now, locale, settings }: View): Answer {
  // Such an account has its device's key, and neither address nor password.
  const isDeviceOnly = user.deviceOnly ?? false;
  return htmlPage({
    locale,
    appName: settings.appName,
    title: texts.account[locale],
    visit,
    now,
    frame: frame({ user, visit, locale, settings, section: '/account' }),
    content: html`<h1>${texts.account[locale]}</h1>
      <noscript><p class="notice">${texts.pageNeedsScript[locale]}</p></noscript>
      <div id="account" data-texts="${scriptTexts(texts, locale)}" data-shell hidden>
        <h2>${texts.profile[locale]}</h2>
        ${profileForm(locale)} ${isDeviceOnly ? '' : credentials(locale, settings)}
        <h2>${texts.sessions[locale]}</h2>
        <ul id="sessions" class="rows"></ul>
        <p><button type="button" id="end-others" class="plain" hidden>${texts.endOthers[locale]}</button></p>
        <div id="sessions-status" role="status"></div>
        <h2>${texts.data[locale]}</h2>
        <p>${texts.exportHint[locale]}</p>
        <p><button type="button" id="export" class="plain">${texts.export[locale]}</button></p>
        <div id="export-status" role="status"></div>
        ${deleteForm(locale, !isDeviceOnly)}
      </div>`,
  });
}

const credentials = (locale: Locale, settings: Settings): Fragment =>
  html`<h2>${pageTexts.email[locale]}</h2>
    <p data-when="email"><strong data-me="email"></strong></p>
    ${emailForms(locale, settings)}
    <h2>${pageTexts.password[locale]}</h2>
    ${passwordForm(locale, settings)}`;
