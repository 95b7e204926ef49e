import { html } from 'hono/html';
import { formTargets } from '#shared/http/form-targets.ts';
import { openRegistration, type Invite, type InviteKind } from '#shared/invites/invite.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale } from '#shared/locale.ts';
import { landingTarget } from '#shared/registration/landing.ts';
import type { SessionEnd } from '#shared/sessions/session.ts';
import { wantsCaptcha } from '#shared/registration/registration.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { captchaField } from '../captcha-field.ts';
import { deviceIdField } from '../device-fields.ts';
import { problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';
import { sessionEndNotice } from '../session-end.ts';
import { aboutInvite, factsField, type InviteFacts } from './about-invite.ts';
import { byCodePath, nextInput, withNext } from '../wanted-page.ts';
import { accountFields, codeField, deviceKeyField, passphraseField } from './register-fields.ts';

interface View {
  locale: Locale;
  settings: Settings;
  /** The input of the last try, or the invite's own values. */
  fields: Readonly<Record<string, string>>;
  /** Kind of the invite, which decides the form's fields; unknown until the guest has typed a code. */
  kind?: InviteKind;
  /** Whether the visitor came without a link and is to type a code. */
  askCode?: boolean;
  /** The invite's facts, above the form. */
  about?: InviteFacts | undefined;
  /** The page that was wanted before registering. */
  next: string;
  problem?: Problem;
  /** Why the visitor's session does not count any more. */
  end?: SessionEnd | undefined;
  /** The invite, if the page knows it: its guest may land in an app. */
  invite?: Pick<Invite, 'app' | 'role'>;
}

/** The registration form. It never shows a password again, and needs scripts only for device keys and captchas. */
export function registerPage(view: View): Answer {
  const { locale, settings, fields, kind, askCode = false, about, next, problem, invite, end } = view;
  const captcha =
    wantsCaptcha(settings, askCode || Boolean(fields['token'])) ||
    problem?.code === 'captcha_required' ||
    fields['captcha'] !== undefined;
  const lands = landsAt(fields, invite, settings);
  const bound = kind === 'device' || kind === 'device-only';
  return htmlPage({
    locale,
    settings,
    status: problem?.status ?? 200,
    title: texts.registerTitle[locale],
    script: true,
    here: withNext(askCode ? byCodePath : '/register', next),
    formTargets: [...formTargets(next, settings), ...(lands ? [lands] : [])],
    content: html`<h1>${texts.registerTitle[locale]}</h1>
      ${about ? aboutInvite(about, settings, locale) : ''} ${problemNotice(problem, locale)}
      ${sessionEndNotice(end, locale, true)}
      <form method="post" action="/register">
        <input type="hidden" name="locale" value="${locale}" />
        ${nextInput(next)} ${lands ? html`<input type="hidden" name="lands" value="${lands}" />` : ''}
        ${fields['token'] ? html`<input type="hidden" name="token" value="${fields['token']}" />` : ''}
        ${about ? factsField(about) : ''} ${deviceIdField}
        ${kind ? html`<input type="hidden" name="kind" value="${kind}" />` : ''}
        ${bound ? deviceKeyField(view) : ''} ${askCode ? codeField(view) : ''}
        ${kind === 'device-only' ? passphraseField(view) : accountFields(view)}
        ${captcha ? captchaField(locale) : ''}
        <button type="submit">${texts.register[locale]}</button>
      </form>
      ${askCode || fields['token'] ? '' : html`<p class="after"><a href="${withNext(byCodePath, next)}">${texts.haveCode[locale]}</a></p>`}
      <p class="after"><a href="${withNext('/login', next)}">${texts.haveAccount[locale]}</a></p>`,
  });
}

/**
 * The origin of the app where the guest will land: as the invite says, else as the form has carried it on from a page that knew the
 * invite, else that of the first app that takes guests.
 */
function landsAt({ lands }: View['fields'], invite: View['invite'], settings: Settings): string | undefined {
  if (invite) return landingTarget(invite, settings);
  const carried = settings.appTargets.find((target) => target === lands);
  return carried ?? landingTarget(openRegistration, settings);
}
