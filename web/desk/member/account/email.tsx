import { useEffect, useRef, useState } from 'preact/hooks';
import type createCode from '#functions/code/create.ts';
import type updateEmail from '#functions/email/update.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { call } from '../../../browser/api.ts';
import { watchMail } from '../../../browser/watch-mail.ts';
import { watchPlace } from '../../../browser/watch-place.ts';
import { useFacts } from '../../kit/facts.ts';
import { SecretField, TextField } from '../../kit/fields.tsx';
import { Form } from '../../kit/form.tsx';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import { aboutPassword, type AccountFacts, type Me, type Texts } from './account.ts';

/** A code that was mailed to the address that I want to change to. */
interface Mailed {
  flow: string;
  email: string;
  /** Whether the user was still waiting for the code, and had not gone on elsewhere on the page. */
  isAwaited: boolean;
}

/** My address, and the two steps to another one: where to mail a code, then the code. */
export function EmailAddress({ me, changed }: { me: Me; changed: (me: Me) => void }) {
  const t: Texts = useTexts();
  const { sendsMail } = useFacts<AccountFacts>();
  const [mailed, setMailed] = useState<Mailed>();
  const outcome = useOutcome();
  const done = (next: Me) => {
    changed(next);
    setMailed(undefined);
    outcome.say(t('emailChanged'));
  };
  return (
    <>
      <Address me={me} t={t} />
      {!sendsMail && <p class="notice">{t('noMail')}</p>}
      {sendsMail && !mailed && (
        <AskCode me={me} t={t} mailed={(next) => (outcome.clear(), setMailed(next))} />
      )}
      {mailed && (
        <TakeCode key={mailed.flow} t={t} mailed={mailed} done={done} back={() => setMailed(undefined)} />
      )}
      <OutcomeNotice of={outcome} />
    </>
  );
}

function Address({ me: { email, emailVerified }, t }: { me: Me; t: Texts }) {
  if (email === null) return <p class="notice">{t('noEmail')}</p>;
  return (
    <p>
      <strong class="address">{email}</strong>{' '}
      <span class={`tag ${emailVerified ? 'active' : ''}`}>
        {t(emailVerified ? 'confirmed' : 'unverified')}
      </span>{' '}
      {!emailVerified && (
        <a class="way" href="/verify">
          {t('confirmNow')}
        </a>
      )}
    </p>
  );
}

function AskCode({ me, t, mailed }: { me: Me; t: Texts; mailed: (mailed: Mailed) => void }) {
  const send = async (fields: Record<string, unknown>) => {
    const message = t('sameEmail');
    if (me.emailVerified && String(fields['email']).trim().toLowerCase() === me.email?.toLowerCase())
      throw { title: message, detail: '', errors: [{ path: 'email', message }] };
    const hasGoneOn = watchPlace();
    const { flow } = await call<typeof createCode>('POST', '/v1/codes', {
      purpose: 'email-update',
      ...fields,
    });
    mailed({ flow, email: String(fields['email']), isAwaited: !hasGoneOn() });
    return undefined;
  };
  return (
    <Form button={t('sendCode')} ifLost={t('lostMail')} send={send}>
      <TextField
        name="email"
        label={t('newEmail')}
        hint={t('emailHint')}
        type="email"
        autocomplete="email"
        maxLength={emailMaxLength}
        required
      />
    </Form>
  );
}

interface Taking {
  t: Texts;
  mailed: Mailed;
  done(me: Me): void;
  back(): void;
}

function TakeCode({ t, mailed: { isAwaited, ...mailed }, done, back }: Taking) {
  const { mailCode } = useFacts<AccountFacts>();
  const place = useRef<HTMLDivElement>(null);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    // The focus of a user who had gone on within the first step was lost with that step.
    if (isAwaited || document.activeElement === document.body)
      place.current!.querySelector<HTMLInputElement>('[name=code]')!.focus();
    // The flow alone decides what that page says, not who is signed in.
    watchMail(`/verify/${encodeURIComponent(mailed.flow)}`, ({ classList }) =>
      setRefused(!classList.contains('good')),
    );
  }, []);
  const send = async (fields: object) => {
    done(await call<typeof updateEmail>('PUT', '/v1/me/email', { ...mailed, ...fields }));
    return undefined;
  };
  const sent = t('emailCodeSent', { email: mailed.email, minutes: mailCode.minutes });
  return (
    <div ref={place}>
      <p role="status" class={`notice ${isRefused ? '' : 'good'}`}>
        {isRefused ? t('mailRefused') : sent}
      </p>
      <Form
        button={t('changeEmail')}
        ifLost={t('lostAccount')}
        inWords={aboutPassword('currentPassword', t)}
        send={send}
      >
        <TextField
          name="code"
          label={t('mailCode')}
          hint={t('mailCodeHint', { length: mailCode.length })}
          autocomplete="one-time-code"
          maxLength={mailCode.typedMaxLength}
          required
        />
        <SecretField
          name="currentPassword"
          label={t('confirmPassword')}
          show={t('show')}
          autocomplete="current-password"
          required
        />
      </Form>
      <p class="note">
        {t('noMailCame')}{' '}
        <button type="button" class="plain" onClick={back}>
          {t('otherEmail')}
        </button>
      </p>
    </div>
  );
}
