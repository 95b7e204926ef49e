import type { CallLimit } from '#shared/users/call-limits.ts';
import { html } from 'hono/html';
import { vaultErrors } from '#shared/errors/vault.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { User } from '#shared/users/user.ts';
import { accountTexts } from '../texts/account.ts';
import { adminTexts } from '../texts/admin.ts';
import { keyTexts as texts } from '../texts/keys.ts';
import { fill, type Locale, type Text } from '#shared/locale.ts';
import { noticeTexts } from '#shared/mail/notice-texts.ts';
import { recoveryTexts } from '../texts/recovery.ts';
import { keyForm } from '../key-form.ts';
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

/** My API keys: a shell over `/v1/keys` and `/v1/quota`, which the script fills. */
export function keysPage({ user, visit, now, locale, settings }: View): Answer {
  return htmlPage({
    locale,
    appName: settings.appName,
    title: texts.keys[locale],
    visit,
    now,
    frame: frame({ user, visit, locale, settings, section: '/keys' }),
    content: html`<h1>${texts.keys[locale]}</h1>
      <noscript><p class="notice">${accountTexts.pageNeedsScript[locale]}</p></noscript>
      <p id="verify-first" class="notice" hidden>
        ${texts.verifyFirst[locale]} <a href="/verify">${recoveryTexts.confirm[locale]}</a>
      </p>
      <div id="keys-status" role="status"></div>
      <div id="keys" data-texts="${scriptTexts(scriptedTexts, locale)}" hidden>
        <ul id="key-list" class="rows"></ul>
        ${keyForm(locale, settings)}
        <h2>${texts.quota[locale]}</h2>
        <dl id="quota">
          ${limit('requests', fill(texts.requests[locale], { hours: settings.requestHours }))}
          ${limit('questions', texts.questions[locale])}
        </dl>
        <div id="quota-status" role="status"></div>
      </div>`,
  });
}

/** With texts that the API, mails and other pages share. */
const scriptedTexts: Readonly<Record<string, Text>> = {
  ...texts,
  renew: noticeTexts.keyRenew,
  none: vaultErrors.key_missing.title,
  renewHint: vaultErrors.key_expired.detail,
  more: adminTexts.more,
  notDone: accountTexts.notDone,
};

const limit = (name: CallLimit, title: string): Fragment =>
  html`<dt>${title}</dt>
    <dd data-limit="${name}"></dd>`;
