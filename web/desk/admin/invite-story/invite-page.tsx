import { useState } from 'preact/hooks';
import type readInvite from '#functions/admin-invite/read.ts';
import { mailboxOf } from '#shared/invites/invite.ts';
import { isRecoverable } from '#shared/invites/reissued.ts';
import { isGood } from '#shared/invites/states.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { OutcomeNotice, useOutcome, usePlaceKept, type Outcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import { Delete, Reissue, Withdraw } from '../invites/acts.tsx';
import {
  mayReissue,
  mayWithdraw,
  pathOf,
  guestOf,
  whoOf,
  type InviteFacts,
  type Listed,
  type ReadInvite,
} from '../invites/invite.ts';
import { LiftForm } from '../invites/lift-form.tsx';
import { InviteLinks, type InviteLink } from '../invites/links.tsx';
import { CorrectForm } from './correct-form.tsx';
import { Details } from './details.tsx';
import { Story } from './story.tsx';
import type { StoryTexts } from './texts.ts';
import { UsedBy } from './used-by.tsx';

/** One invite: its story, its link, its actions, and who used it. */
export function InvitePage() {
  const t: StoryTexts = useTexts();
  const { id, sendsMail } = useFacts<InviteFacts & { id: string }>();
  const read = useLoad(() => call<typeof readInvite>('GET', pathOf(id)), [id]);
  const outcome = useOutcome();
  const [isGone, setGone] = useState(false);
  const parts = { t, sendsMail, outcome, reload: read.reload, put: read.put, gone: () => setGone(true) };
  return (
    <>
      <p>
        <a class="back" href="/admin/invites">
          {t('back')}
        </a>
      </p>
      {isGone ? (
        <Gone t={t} />
      ) : (
        <Loaded of={read}>{(invite) => <Parts invite={invite} {...parts} />}</Loaded>
      )}
    </>
  );
}

/** Shown in place of a deleted invite. It takes the focus, because the button that deleted the invite is gone. */
function Gone({ t }: { t: StoryTexts }) {
  const place = usePlaceKept(true);
  return (
    <div role="status" class="notice good" ref={place} tabIndex={-1}>
      {t('gone')}
    </div>
  );
}

interface Shown {
  invite: ReadInvite;
  t: StoryTexts;
  sendsMail: boolean;
  outcome: Outcome;
  reload(): void;
  put(change: (invite: ReadInvite) => ReadInvite): void;
  gone(): void;
}

function Parts({ invite, t, sendsMail, outcome, reload, put, gone }: Shown) {
  const [isLinkShown, setLinkShown] = useState(false);
  const { status, email, delivery } = invite;
  const acts = {
    invite: invite as Listed,
    t,
    sendsMail,
    outcome,
    changed: (now: Partial<Listed> | undefined) => (now ? reload() : gone()),
    // The old link is dead already, so it is not shown while the invite is read again.
    made: ({ url, code }: InviteLink, byMail: boolean) => {
      put((before) => ({ ...before, url, ...(code && { code }) }));
      if (!byMail) setLinkShown(true);
    },
  };
  const { deliveryReason } = invite;
  // A bounce for a passing cause keeps no further mail back.
  const isPassing = deliveryReason === 'mailbox_full' || deliveryReason === 'passing';
  const isHeldBack =
    (delivery === 'bounced' && !isPassing) || delivery === 'complained' || deliveryReason === 'suppressed';
  return (
    <>
      <h2>
        {whoOf(invite, t)} <span class={`tag ${status}`}>{t(status)}</span>
      </h2>
      <p class="actions">
        {mayReissue(status) && <Reissue {...acts} />}
        {isRecoverable({ ...invite, state: status }) && <Reissue {...acts} alsoAsks={t('recoverAsks')} />}
        {mayWithdraw(status) && <Withdraw {...acts} />}
        <Delete {...acts} />
      </p>
      <OutcomeNotice of={outcome} />
      <Story invite={invite} t={t} />
      {sendsMail && email && isHeldBack && <LiftForm t={t} email={email} />}
      {mayReissue(status) && mailboxOf(invite) !== undefined && (
        <CorrectForm invite={invite} t={t} sendsMail={sendsMail} sent={reload} made={acts.made} />
      )}
      {isGood(status) && (
        <>
          <h2>{t('linkTitle')}</h2>
          <p class="hint">{t('linkHint')}</p>
          {isLinkShown ? (
            <InviteLinks
              links={[
                { who: whoOf(invite, t), guest: guestOf(invite, t), url: invite.url, code: invite.code },
              ]}
              t={t}
            />
          ) : (
            <button type="button" class="plain" onClick={() => setLinkShown(true)}>
              {t('showLink')}
            </button>
          )}
        </>
      )}
      <h2>{t('whoUsed')}</h2>
      <UsedBy invite={invite} t={t} />
      <h2>{t('details')}</h2>
      <Details invite={invite} t={t} />
    </>
  );
}
