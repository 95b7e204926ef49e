import { useState } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import type { PeopleRequest } from '#shared/inviting/group-people.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { OutcomeNotice, useOutcome, withCount } from '../../kit/outcome.tsx';
import { ActButton } from '../../kit/act.tsx';
import type { Created } from '../invites/invite.ts';
import { createOnce } from './create-once.ts';
import type { Expected } from './preview-people.ts';
import { asFailure, type InvitingTexts } from './wish.ts';

export type Answered = Created & { person: Person };

/** The results of the people who were asked for, and the people who were left out before. */
export interface Sent {
  created: Answered[];
  held: Expected[];
  /** The label of all invites that were made; undefined if they have several, or none. */
  label: string | undefined;
}

interface Sending {
  requests: readonly PeopleRequest[];
  sendsMail: boolean;
  t: InvitingTexts;
  isSending: boolean;
  setSending(isSending: boolean): void;
  /** Called if sending failed after these were made. */
  stopped(created: Answered[]): void;
  done(created: Answered[]): void;
}

/** Seconds to wait after the server's rate limit was hit. The longest window of its rates is a minute. */
const restSeconds = 10;
const maxRests = 7;

async function createPatiently(request: PeopleRequest): Promise<Answered[]> {
  for (let rests = 0; ; rests += 1) {
    try {
      const created = await createOnce(request.wish);
      return created.map((row, at) => ({ ...row, person: request.people[at]! }));
    } catch (problem) {
      if ((problem as Partial<Problem>).code !== 'rate_limited' || rests === maxRests) throw problem;
      await new Promise((resolve) => setTimeout(resolve, restSeconds * 1_000));
    }
  }
}

/**
 * Sends all requests, one after the other, and shows the progress. If one fails, the button goes on from there: requests that
 * are done are not sent again, and a request that may have been done is sent with the same key.
 */
export function SendButton({ requests, sendsMail, t, isSending, setSending, stopped, done }: Sending) {
  const outcome = useOutcome();
  const [answers, setAnswers] = useState<Answered[][]>([]);
  const total = requests.reduce((sum, { people }) => sum + people.length, 0);
  const count = answers.flat().length;
  const send = async () => {
    const all = [...answers];
    setSending(true);
    try {
      for (const request of requests.slice(all.length)) {
        all.push(await createPatiently(request));
        setAnswers([...all]);
      }
    } catch (problem) {
      if (all.length > 0) stopped(all.flat());
      const told = asFailure(t, (path) => path)(problem as Partial<Problem>);
      const soFar = all.length > 0 ? t('goOn', { done: all.flat().length, total }) : '';
      throw withCount(told, soFar);
    } finally {
      setSending(false);
    }
    done(all.flat());
    return undefined;
  };
  return (
    <>
      <p class="actions send">
        <ActButton
          label={t(sendsMail ? 'sendMails' : 'makeLinks', { count: total - count })}
          isPrimary
          run={send}
          outcome={outcome}
        />
        {isSending && (
          <progress value={count} max={total} aria-label={t('sending')}>
            {t('progress', { done: count, total })}
          </progress>
        )}
        {isSending && <span role="status">{t('progress', { done: count, total })}</span>}
      </p>
      <OutcomeNotice of={outcome} />
    </>
  );
}
