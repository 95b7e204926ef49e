import { fill, type Locale } from '../locale.ts';
import { mailTexts as texts } from './mail-texts.ts';
import { compose, type Letter } from '../mail/letter.ts';

/** Tells somebody who asked for a new invite that they have used theirs. */
export function memberLetter(origin: string, appName: string, locale: Locale): Letter {
  const values = { app: appName };
  return compose({
    locale,
    subject: fill(texts.memberSubject[locale], values),
    before: [fill(texts.member[locale], values)],
    button: { label: texts.signIn[locale], url: `${origin}/login` },
    after: [texts.stranger[locale]],
  });
}
