import { usePlaceKept } from '../../kit/outcome.tsx';
import { withoutEmpty } from '../../kit/query.ts';
import { InviteLinks, type InviteLink } from '../invites/links.tsx';
import { Held } from './preview.tsx';
import type { Answered, Sent } from './send.tsx';
import type { InvitingTexts } from './wish.ts';

interface Parts {
  sent: Sent;
  sendsMail: boolean;
  t: InvitingTexts;
}

export const linkOf = (
  { email, url, code }: Pick<Answered, 'email' | 'url' | 'code'>,
  who: string,
): InviteLink[] => (url ? [{ who: email ?? who, url, code }] : []);

/** What was sent, what was not sent and why, and the links of all invites that were made. */
export function SentParts({ sent: { created, held, label }, sendsMail, t }: Parts) {
  const made = created.filter(({ result }) => result === 'invited');
  const refused = created.filter(({ result }) => result !== 'invited');
  const others = [...held, ...refused.map((row) => ({ ...row, email: row.email ?? row.person.email }))];
  const counts = { sent: made.length, not: others.length };
  const isCorrectable = others.some(({ result }) => result === 'bad_address' || result === 'suppressed');
  const summary = usePlaceKept(true);
  return (
    <section aria-label={t('created')}>
      <div role="status" class="summary" ref={summary} tabIndex={-1}>
        {made.length > 0 && (
          <p class="notice good">
            <strong>{t('created')}</strong> {t(sendsMail ? 'sentCount' : 'madeCount', counts)}{' '}
            <a href={`/admin/invites?${withoutEmpty({ label })}`}>{t('toList')}</a>
          </p>
        )}
        {isCorrectable && <p>{t('toCorrect')}</p>}
      </div>
      {others.length > 0 && <Held items={others} t={t} />}
      {made.length > 0 && (
        <details open={!sendsMail}>
          <summary>{t('links')}</summary>
          <InviteLinks links={made.flatMap((row) => linkOf(row, ''))} t={t} />
        </details>
      )}
    </section>
  );
}
