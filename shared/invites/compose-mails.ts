import type { Invite } from './invite.ts';
import { never } from '../clock.ts';
import { showCode } from './invite-code.ts';
import type { Settings } from '../deployment/settings.ts';
import { fill, type Locale, type Text } from '../locale.ts';
import { mailTexts as texts } from './mail-texts.ts';
import { showTime } from '../show-time.ts';
import { quote, withoutLinks } from '../others-words.ts';
import { compose, type MailContent } from '../mail/mail-content.ts';

interface Enclosed {
  url: string;
  /** Absent if there is none, or if an administrator chose it: a chosen code cannot be derived. */
  code: string | undefined;
  origin: string;
}

/** How to register, by what the link's form asks for. */
function howTo({ kind }: Pick<Invite, 'kind'>): Text {
  if (kind === 'device-only') return texts.howByPassphrase;
  return kind === 'device' ? texts.howOnDevice : texts.how;
}

/** The mail that carries an invite: link, code, how to register, and when it ends. */
export function composeInviteMail(
  invite: Invite,
  { url, code, origin }: Enclosed,
  settings: Pick<Settings, 'appName' | 'appColor' | 'timeZone'>,
  locale: Locale,
): MailContent {
  const { appName, timeZone } = settings;
  const { issuerName, message, expiresAt } = invite;
  const values = { app: appName, name: issuerName === undefined ? appName : quote(issuerName, locale) };
  const time = showTime(expiresAt, locale, timeZone);
  return compose({
    settings,
    locale,
    subject: fill(texts.subject[locale], values),
    before: [fill(texts.intro[locale], values)],
    words: message ? { intro: fill(texts.words[locale], values), text: withoutLinks(message) } : undefined,
    lead: howTo(invite)[locale],
    button: { label: texts.button[locale], url },
    after: [
      ...(code ? [fill(texts.code[locale], { page: `${origin}/register`, code: showCode(code) })] : []),
      ...(expiresAt === never ? [] : [fill(texts[code ? 'until' : 'linkUntil'][locale], { time })]),
      texts.stranger[locale],
    ],
  });
}

/** The mail that tells a user who asks for a new invite that theirs is used, and where to sign in. */
export function composeMemberMail(
  origin: string,
  settings: Pick<Settings, 'appName' | 'appColor'>,
  locale: Locale,
): MailContent {
  const values = { app: settings.appName };
  return compose({
    settings,
    locale,
    subject: fill(texts.memberSubject[locale], values),
    before: [fill(texts.member[locale], values)],
    button: { label: texts.signIn[locale], url: `${origin}/login` },
    after: [texts.stranger[locale]],
  });
}
