import { html } from 'hono/html';
import type { Locale } from '#shared/locale.ts';
import { pageTexts as texts } from './texts/pages.ts';
import type { Fragment } from './layout.ts';

/** A captcha, which the script solves when the form is sent. People only notice that it takes a moment. */
export const captchaField = (locale: Locale): Fragment =>
  html`<input
      type="hidden"
      name="captcha"
      data-wait="${texts.captchaWait[locale]}"
      data-failed="${texts.captchaFailed[locale]}"
    />
    <p class="hint" role="status" data-captcha></p>
    <noscript><p class="hint error">${texts.captchaScript[locale]}</p></noscript>`;
