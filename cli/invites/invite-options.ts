import { inviteLimits } from '#shared/invites/limits.ts';
import { inviteKinds } from '#shared/invites/invite.ts';
import { locales } from '#shared/locale.ts';
import { roles } from '#shared/users/user.ts';
import type { OptionValues } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { readNamed } from '../files/read-file.ts';
import { wholeNumber } from '../option-values.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import { readDays } from '#shared/inviting/people-columns.ts';

/** How long an invite can live, in words. */
export const daysText = `1 to ${inviteLimits.expiresInDays.max}, or never`;

/** For commands that mail links unless told otherwise. */
export const noSend = { text: 'send no mail: hand the links over yourself' };

/** Options that describe a new invite. */
export const wishOptions = {
  kind: { value: 'KIND', text: inviteKinds.join(', '), choices: inviteKinds },
  uses: {
    value: 'N',
    text: 'how often one link can be used; once unless it is said',
    read: wholeNumber(inviteLimits.maxUses.min, inviteLimits.maxUses.max),
  },
  days: {
    value: 'N',
    text: `life in days, ${daysText}`,
    read(text: string, flag: string) {
      const days = readDays(text);
      if (days) return days;
      throw wrongUsage(`${flag} wants ${daysText}, not ${text}.`);
    },
  },
  role: { value: 'ROLE', text: `the role of who comes in: ${roles.join(' or ')}`, choices: roles },
  note: { value: 'TEXT', text: 'a note that administrators see' },
  app: { value: 'NAME', text: 'the app that its guest lands in' },
  locale: {
    value: 'LOCALE',
    text: `language of mail and pages: ${locales.join(', ')}`,
    choices: locales,
  },
  code: {
    value: 'CODE',
    text: 'a short code of your choice beside the link, for one invite; I and L count as 1, O as 0',
  },
  'passphrase-file': { value: 'FILE', text: 'a file with the pass phrase of device-only invites' },
  'no-send': noSend,
};

/** The options as a request body of the API. */
export async function wishOf(options: OptionValues<typeof wishOptions>): Promise<InviteWish> {
  const { kind, uses, days, role, note, app, locale, code, 'passphrase-file': file } = options;
  return {
    ...days,
    ...(kind && { kind }),
    ...(uses !== undefined && { maxUses: uses }),
    ...(role && { role }),
    ...(note !== undefined && { note }),
    ...(app !== undefined && { app }),
    ...(locale && { locale }),
    ...(code !== undefined && { code }),
    ...(file !== undefined && { passphrase: String(await readNamed(file)).replace(/\r?\n$/, '') }),
    ...(options['no-send'] && { send: false }),
  };
}
