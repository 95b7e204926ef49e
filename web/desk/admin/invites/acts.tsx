import type reissueInvite from '#functions/admin-invite/reissue.ts';
import type revokeInvite from '#functions/admin-invite/revoke.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import type { Outcome } from '../../kit/outcome.tsx';
import { isMailed } from './change-many.ts';
import { invitesPath, mayReissue, mayWithdraw, whoOf, type InviteTexts, type Listed } from './invite.ts';

export interface Acts {
  invite: Listed;
  t: InviteTexts;
  sendsMail: boolean;
  outcome: Outcome;
  /** Is given the invite as it is now; nothing where it is deleted. */
  changed(now: Partial<Listed> | undefined): void;
  /** Is given a link that no mail carries. */
  made(link: { url: string; code?: string | undefined }): void;
}

/** What can be done to an invite in its row; each says first what it ends. */
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
      isDangerous
      outcome={outcome}
      run={async () => {
        changed(await call<typeof revokeInvite>('POST', `${invitesPath}/${invite.id}/revoke`, {}));
        return t('wasRevoked', { who });
      }}
    />
  );
}

/** @param props `alsoAsks` is what else the question says. */
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
        const path = `${invitesPath}/${invite.id}/reissue`;
        const { url, code, ...now } = await call<typeof reissueInvite>('POST', path, {});
        changed(now);
        if (!byMail) made({ url, code });
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
        await call('DELETE', `${invitesPath}/${invite.id}`);
        changed(undefined);
        return t('wasDeleted', { who });
      }}
    />
  );
}
