import { inviteKinds } from '#shared/invites/invite.ts';
import { roles } from '#shared/users/user.ts';
import { locales } from '#shared/locale.ts';
import type { InviteWish } from './chunks.ts';
import { wrongUsage } from '../failures.ts';
import type { Options } from '../options.ts';
import { readDays } from './people.ts';
import { readNamed } from '../files/read-file.ts';

/** What can be wished for an invite. */
export const wishOptions = {
  kind: { value: 'KIND', text: `${inviteKinds.join(', ')}` },
  uses: { value: 'N', text: 'how often one link can be used; once unless it is said' },
  days: { value: 'N', text: 'life in days, 1 to 365, or never' },
  role: { value: 'ROLE', text: `the role of who comes in: ${roles.join(' or ')}` },
  note: { value: 'TEXT', text: 'a note that administrators see' },
  locale: { value: 'LOCALE', text: `language of mail and pages: ${locales.join(', ')}` },
  code: { value: 'CODE', text: 'a short code of your choice beside the link, for one invite' },
  'passphrase-file': { value: 'FILE', text: 'a file with the pass phrase of device-only invites' },
  'no-send': { text: 'send no mail: hand the links over yourself' },
};

/** The wish that the options say, as the API takes it. */
export async function wishOf(options: Options<keyof typeof wishOptions>): Promise<InviteWish> {
  const days = options.text('days');
  const life = days === undefined ? {} : readDays(days);
  if (!life) throw wrongUsage(`--days wants 1 to 365, or never, not ${days}.`);
  const [note, code, file] = [options.text('note'), options.text('code'), options.text('passphrase-file')];
  const [kind, role] = [options.choice('kind', inviteKinds), options.choice('role', roles)];
  const [locale, maxUses] = [options.choice('locale', locales), options.whole('uses', 1, 100_000)];
  return {
    ...life,
    ...(kind && { kind }),
    ...(maxUses !== undefined && { maxUses }),
    ...(role && { role }),
    ...(note !== undefined && { note }),
    ...(locale && { locale }),
    ...(code !== undefined && { code }),
    ...(file !== undefined && { passphrase: String(await readNamed(file)).replace(/\r?\n$/, '') }),
    ...(options.flag('no-send') && { send: false }),
  };
}
