import type { Ports } from '../deployment/capability.ts';
import { readLetters } from './read-letters.ts';
import { noteRefusals } from './refusals.ts';
import { deriveMailCodes } from './derive-codes.ts';
import { composeCodeMail } from './compose-code-mail.ts';
import type { MailerContext, Writers } from '../mail/deliver.ts';
import { composeNotice } from '../mail/compose-notice.ts';

/** Capabilities for mails about accounts. They include making codes. */
export const writeAccountMails = [readLetters, deriveMailCodes, noteRefusals] as const;

/** Writes codes, and notices to an account's owner. */
export function accountMails(tools: Ports<typeof writeAccountMails> & MailerContext): Writers {
  const { letters, mailCodes, refusals, clock, settings, origin } = tools;
  return {
    code: {
      async write({ letter: pk, n, flow }) {
        const letter = await letters.find(pk, n, clock.now());
        const reader = letter && (await letters.reader(letter));
        // Only an account that is bound to a device can move to another one by a code.
        if (!reader || (letter.purpose === 'session-create' && reader.device === undefined)) return undefined;
        const code = await mailCodes.derive(letter);
        return composeCodeMail(letter, { code, flow }, reader.locale, settings, origin);
      },
      note: (mail, outcome) => refusals.note(mail, outcome, clock.now()),
    },
    notice: { write: async (mail) => composeNotice(mail, settings, origin) },
  };
}
