import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import { lostAnswers, noAnswer } from '#shared/errors/lost-answers.ts';
import type { Locale } from '#shared/locale.ts';
import { languageSwitch } from './language-switch.ts';
import { pageTexts } from './texts/pages.ts';
import { otherDevice, type Visit } from './visit.ts';

export type Fragment = HtmlEscapedString | Promise<HtmlEscapedString>;

type Brand = Pick<Settings, 'appName' | 'appLogo'>;

interface View {
  locale: Locale;
  settings: Brand;
  title: string;
  content: Fragment;
  /** Whether the page wants the browser script. */
  script?: boolean;
  /** Given if the visitor is signed in. */
  visit?: Visit;
  /** The frame of a signed-in user's page (`web/frame.ts`). */
  frame?: Fragment;
  /** The script of `web/desk` that draws the page. */
  desk?: string;
  /** When the page is made, milliseconds; scripts that prove the device correct a wrong clock by it. */
  now?: number;
  status?: number;
  /** Other origins to which a form of the page may lead in the end. */
  formTargets?: readonly string[];
  /** Where the page is found again, if not at its own address. */
  here?: string | undefined;
}

/** A whole page. Every value is escaped by `html`; nothing is inline, so the strict policy holds. */
export function htmlPage(view: View): Answer {
  const { locale, settings, title, content, visit, frame, desk, now, status = 200, here } = view;
  const { script = visit !== undefined, formTargets: forms } = view;
  const { appName, appLogo } = settings;
  const document = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – ${appName}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/style.css" />
        ${frame ? html`<link rel="stylesheet" href="/assets/desk.css" />` : ''}
        ${script ? html`<script type="module" src="/assets/app.js"></script>` : ''}
        ${desk ? html`<script type="module" src="/assets/${desk}.js"></script>` : ''}
      </head>
      <body ${script ? facts(visit, now, locale) : ''}>
        <header>
          <a class="home" href="/">${logo(settings)}${appName}</a>
          ${languageSwitch({ locale, visit, here })} ${frame ?? ''}
        </header>
        <main>${needs(view)} ${visit?.boundSession ? otherDevice(locale, here) : ''} ${content}</main>
      </body>
    </html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const images = appLogo === null ? [] : [new URL(appLogo).origin];
  return { status, headers, body: String(document), reach: { forms, images } };
}

/** Says what the page needs, if the visitor's browser lacks it. A guest's forms work without scripts. */
function needs({ locale, visit, desk, script }: View): Fragment | '' {
  if (desk || visit?.boundSession)
    return html`<noscript><p class="notice">${pageTexts.needsScript[locale]}</p></noscript>`;
  if (visit || !script) return '';
  return html`<p id="no-cookies" class="notice error" role="alert" hidden>
    ${pageTexts.needsCookies[locale]}
  </p>`;
}

/** The name beside the logo says the same, so `alt` is empty. */
const logo = ({ appLogo }: Brand): Fragment | '' =>
  appLogo === null ? '' : html`<img src="${appLogo}" alt="" width="32" height="32" decoding="async" />`;

/** The data that the page hands its script (`web/browser/proof.ts`, `app.ts`, `api.ts`). */
const facts = (visit: Visit | undefined, now: number | undefined, locale: Locale): Fragment =>
  html`data-no-answer="${noAnswer[locale]}"
  data-if-lost="${visit ? lostAnswers.other[locale] : pageTexts.stillHere[locale]}"
  ${visit ? html`data-signed-in data-unsaved="${pageTexts.unsaved[locale]}"` : html`data-language-lost="${pageTexts.languageLost[locale]}"`}
  ${visit?.ownerId ? html`data-owner="${visit.ownerId}"` : ''}
  ${visit?.boundSession ? html`data-session="${visit.boundSession}" data-try-again="${pageTexts.tryAgain[locale]}"` : ''}
  ${now ? html`data-now="${now}"` : ''}`;
