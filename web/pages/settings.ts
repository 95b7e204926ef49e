import { html } from 'hono/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import { fill, type Locale } from '#shared/locale.ts';
import type { SenderState } from '#shared/mail/sender-state.ts';
import type { User } from '#shared/users/user.ts';
import { frame } from '../frame.ts';
import { cardsTable, cellIn } from './cards-table.ts';
import { settingsApps } from './settings-apps.ts';
import { htmlPage, type Fragment } from '../layout.ts';
import { settingValues, type ShownSetting } from '../settings-values.ts';
import { frameTexts } from '../texts/frame.ts';
import { settingsPageTexts as texts, settingTexts } from '../texts/settings.ts';
import { withTime } from '../time.ts';
import type { Visit } from '../visit.ts';

/** The state of the services when the page was requested. */
export interface Health {
  store: boolean;
  keys: boolean;
  /** null: no mail goes out; `unreachable`: SES did not answer. */
  sender: { askedAt: number; state: SenderState | 'unreachable' } | null;
}

interface View {
  health: Health;
  user: User;
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
}

/** Shows administrators the deployment's settings and health. It changes nothing, and works without scripts. */
export function settingsPage({ health, user, visit, now, locale, settings }: View): Answer {
  return htmlPage({
    locale,
    settings,
    title: frameTexts.settingsPage[locale],
    visit,
    now,
    frame: frame({ user, visit, locale, settings, section: '/admin/settings' }),
    content: html`<h1>${frameTexts.settingsPage[locale]}</h1>
      <p>${texts.unchangeable[locale]}</p>
      <h2>${texts.health[locale]}</h2>
      ${facts([
        [texts.store[locale], works(health.store, locale)],
        [texts.keyService[locale], works(health.keys, locale)],
      ])}
      <h2>${texts.sender[locale]}</h2>
      ${senderFacts(health.sender, locale, settings)}
      <h2>${texts.apps[locale]}</h2>
      ${settingsApps(settings, locale)}
      <h2>${texts.settingsTitle[locale]}</h2>
      ${settingsTable(settings, locale)}
      <p class="hint">${texts.otherSettings[locale]}</p>`,
  });
}

const facts = (rows: readonly (readonly [string, Fragment | string])[]): Fragment =>
  html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;

const works = (does: boolean, locale: Locale): Fragment =>
  html`<span class="tag ${does ? 'active' : 'bad'}">${texts[does ? 'works' : 'unreachable'][locale]}</span>`;

function senderFacts(sender: Health['sender'], locale: Locale, { timeZone }: Settings): Fragment {
  if (sender === null) return html`<p>${texts.noSender[locale]}</p>`;
  return html`${senderState(sender.state, locale)}
    <p class="hint">${withTime(texts.askedAt[locale], sender.askedAt, locale, timeZone)}</p>`;
}

function senderState(sender: SenderState | 'unreachable', locale: Locale): Fragment {
  if (sender === 'unreachable') return html`<p>${works(false, locale)}</p>`;
  const { identity, sentInDay: sent, mostInDay: most, mostInSecond, isSandbox } = sender;
  return html`${isSandbox ? html`<p class="notice error">${texts.sandbox[locale]}</p>` : ''}
  ${facts([
    [
      texts.identity[locale],
      html`<span class="tag ${identity === 'Success' ? 'active' : 'bad'}">${texts[identity][locale]}</span>`,
    ],
    [texts.sentToday[locale], fill(texts.ofMost[locale], { sent, most })],
    [texts.mostInSecond[locale], String(mostInSecond)],
  ])}`;
}

const valueText = (value: string | number | boolean | null, locale: Locale): string => {
  if (typeof value === 'boolean') return texts[value ? 'yes' : 'no'][locale];
  return value === null || value === '' ? texts.none[locale] : String(value);
};

function settingsTable(settings: Settings, locale: Locale): Fragment {
  const cell = cellIn(locale);
  const rows = Object.entries(settingValues).map(
    ([name, read]) =>
      html`<tr role="row">
        <th role="rowheader" scope="row">${name}</th>
        ${cell(texts.meaning, settingTexts[name as ShownSetting][locale])}
        ${cell(texts.value, valueText(read(settings), locale))}
      </tr>`,
  );
  const titles = [texts.setting, texts.meaning, texts.value];
  return cardsTable({ label: texts.settingsTitle, titles, rows }, locale);
}
