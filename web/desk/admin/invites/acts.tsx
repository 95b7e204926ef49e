import type reissueInvite from '#functions/admin-invite/reissue.ts';
import type revokeInvite from '#functions/admin-invite/revoke.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { inTurn } from '../../kit/in-turn.ts';
import type { Outcome } from '../../kit/outcome.tsx';
import { isMailed } from './change-many.ts';
import { pathOf, mayReissue, mayWithdraw, whoOf, type InviteTexts, type Listed } from './invite.ts';

export interface Acts {
  invite: Listed;
  t: InviteTexts;
  sendsMail: boolean;
  outcome: Outcome;
  /** Called with the changed invite, or with undefined if it was deleted. */
  changed(now: Partial<Listed> | undefined): void;
  /** Called with the new link, and whether a mail carries it. */
  made(link: { url: string; code?: string | undefined }, byMail: boolean): void;
}

/** The actions in an invite's row. Each first says what it ends. */
export function RowActs(acts: Acts) {
  const { status } = acts.invite;
  return (
    <p class="actions">
      {mayReissue(status) && <Reissue {...acts} />}
      {mayWithdraw(status) && <Withdraw {...acts} />}
    </p>
  );
}

export function Withdraw({ invite, t, outcome, changed }: Acts) {
  const who = whoOf(invite, t);
  return (
    <ActButton
      label={t('revoke')}
      name={t('revokeOf', { who })}
      asks={<p>{t('revokeAsks')}</p>}
      isGrave
      outcome={outcome}
      run={async () => {
        const path = pathOf(invite.id);
        changed(await inTurn([path], () => call<typeof revokeInvite>('POST', `${path}/revoke`, {})));
        return t('wasRevoked', { who });
      }}
    />
  );
}

/** @param props `alsoAsks` is a further sentence of the question. */
export function Reissue({
  invite,
  t,
  sendsMail,
  outcome,
  changed,
  made,
  alsoAsks,
}: Acts & { alsoAsks?: string }) {
  const who = whoOf(invite, t);
  const byMail = isMailed(invite, sendsMail);
  return (
    <ActButton
      label={t('reissue')}
      name={t('reissueOf', { who })}
      asks={
        <>
          {alsoAsks && <p>{alsoAsks}</p>}
          <p>{t('reissueAsks')}</p>
          <p>{byMail ? t('reissueMails', { email: who }) : t('reissueShows')}</p>
        </>
      }
      outcome={outcome}
      run={async () => {
        const path = pathOf(invite.id);
        const { url, code, ...now } = await inTurn([path], () =>
          call<typeof reissueInvite>('POST', `${path}/reissue`, {}),
        );
        made({ url, code }, byMail);
        changed(now);
        return byMail ? t('reissuedByMail', { email: who }) : t('created');
      }}
    />
  );
}

export function Delete({ invite, t, outcome, changed }: Acts) {
  const who = whoOf(invite, t);
  return (
    <ActButton
      label={t('delete')}
      name={t('deleteOf', { who })}
      asks={<p>{t('deleteAsks')}</p>}
      isDangerous
      outcome={outcome}
      run={async () => {
        const path = pathOf(invite.id);
        await inTurn([path], () => call('DELETE', path));
        changed(undefined);
        return t('wasDeleted', { who });
      }}
    />
  );
}
