import type reissueInvite from '#functions/admin-invite/reissue.ts';
import { call } from '../../../browser/api.ts';
import { EmailField } from '../../kit/fields.tsx';
import { Form } from '../../kit/form.tsx';
import { inTurn } from '../../kit/in-turn.ts';
import { pathOf, type ReadInvite } from '../invites/invite.ts';
import type { StoryTexts } from './texts.ts';

interface Correct {
  invite: ReadInvite;
  t: StoryTexts;
  sendsMail: boolean;
  sent(): void;
  /** Called with the new link, and whether a mail carries it. */
  made(link: { url: string; code?: string | undefined }, byMail: boolean): void;
}

/** Gives the invite another address, and a new link, which goes there if this deployment sends mail. The old link ends. */
export function CorrectForm({ invite: { id, email }, t, sendsMail, sent, made }: Correct) {
  return (
    <details>
      <summary>{t(sendsMail ? 'correct' : 'correctByHand')}</summary>
      <p>{t(sendsMail ? 'correctHint' : 'correctByHandHint')}</p>
      <Form
        button={t(sendsMail ? 'sendAgain' : 'makeAgain')}
        send={async (fields) => {
          const path = pathOf(id);
          const invite = await inTurn([path], () =>
            call<typeof reissueInvite>('POST', `${path}/reissue`, fields),
          );
          made(invite, sendsMail);
          sent();
          return sendsMail ? t('reissuedByMail', { email: invite.email ?? '' }) : t('created');
        }}
      >
        <EmailField label={t('newEmail')} defaultValue={email} />
      </Form>
    </details>
  );
}
