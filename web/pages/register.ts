import { html } from 'hono/html';
import type { Invite } from '#shared/domain/invite.ts';
import { never } from '#shared/domain/invite.ts';
import { maskEmail } from '#shared/domain/user.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/settings.ts';
import { fill, type Locale } from '#shared/texts/locale.ts';
import { pageTexts as texts } from '#shared/texts/pages.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage, type Fragment } from '../layout.ts';

interface View {
  locale: Locale;
  settings: Settings;
  /** What was typed before, or what the invite says. */
  fields: Readonly<Record<string, string>>;
  /** Whether the invite names the address, so that there is nothing to choose. */
  emailFixed?: boolean;
  /** What the invite says of itself, above the form. */
  about?: Fragment;
  problem?: Problem;
}

/** The registration form. It works without scripts and never shows a password again. */
export function registerPage({ locale, settings, fields, emailFixed = false, about, problem }: View): Answer {
  const common = { problem };
  const nameField = (name: 'firstName' | 'lastName', autocomplete: string) =>
    inputField({
      ...common,
      name,
      label: texts[name][locale],
      autocomplete,
      value: fields[name],
      optional: true,
    });
  const names = [nameField('firstName', 'given-name'), nameField('lastName', 'family-name')];
  const min = settings.passwordMinLength;
  return htmlPage({
    locale,
    appName: settings.appName,
    status: problem?.status ?? 200,
    title: texts.registerTitle[locale],
    script: true,
    content: html`<h1>${texts.registerTitle[locale]}</h1>
      ${about ?? ''} ${problemNotice(problem)}
      <form method="post" action="/register">
        <input type="hidden" name="locale" value="${locale}" />
        ${inputField({ ...common, name: 'email', label: texts.email[locale], type: 'email', autocomplete: 'email', value: fields['email'], fixed: emailFixed })}
        ${inputField({ ...common, name: 'username', label: texts.username[locale], hint: texts.usernameHint[locale], autocomplete: 'username', value: fields['username'] })}
        ${inputField({ ...common, name: 'password', label: texts.password[locale], hint: fill(texts.passwordHint[locale], { min }), type: 'password', autocomplete: 'new-password', show: texts.show[locale] })}
        ${locale === 'en' ? names : names.toReversed()}
        <button type="submit">${texts.register[locale]}</button>
      </form>
      <p class="after"><a href="/login">${texts.haveAccount[locale]}</a></p>`,
  });
}

/** Says that the invite is good, who invites, whom, and until when. */
export function aboutInvite(invite: Invite, locale: Locale): Fragment {
  const { issuerName, email, kind, expiresAt } = invite;
  const until = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ');
  return html`<div class="notice good">
    ${issuerName ? html`<p>${fill(texts.invitedBy[locale], { name: issuerName })}</p>` : ''}
    <p>
      ${expiresAt === never ? texts.goodWithoutEnd[locale] : fill(texts.goodUntil[locale], { time: until })}
    </p>
    ${kind === 'email' && email ? html`<p>${fill(texts.emailBound[locale], { email: maskEmail(email) })}</p>` : ''}
  </div>`;
}
