import { useRef, useState } from 'preact/hooks';
import { groupPeople, type InviteWish } from '#shared/inviting/group-people.ts';
import { recordOf } from '#shared/record-of.ts';
import { Choice } from '../../kit/fields.tsx';
import { useFacts } from '../../kit/facts.ts';
import { Form } from '../../kit/form.tsx';
import { InviteOptions, PassphraseField } from './options.tsx';
import { PeopleField } from './people-field.tsx';
import { isHeld, previewPeople, type Preview } from './preview-people.ts';
import { useAskBeforeLeaving } from '../../kit/ask-before-leaving.ts';
import { PreviewParts } from './preview.tsx';
import { readTyped, writePeople } from './read-typed.ts';
import { SendButton, type Sent } from './send.tsx';
import { SentParts } from './sent.tsx';
import { asFailure, wishOf, type InvitingFacts, type InvitingTexts } from './wish.ts';

/** How many invites one request makes: few enough that progress is visible. */
const atOnce = 25;

/** Kinds of invites for people whose address is known. */
const kinds = ['email', 'device', 'device-only'] as const;

interface Previewed extends Preview {
  /** What was typed. */
  text: string;
  wish: InviteWish;
  ignored: string[];
}

/**
 * Keeps the preview until the input changes, and the result of a sending until the next preview: its links are shown nowhere
 * else. While a sending is under way its preview stays, so that its outcome is seen. If it stopped half-way, the invites made
 * until then are shown once its button is gone.
 */
function useSteps() {
  const [previewed, setPreviewed] = useState<Previewed>();
  const [sent, setSent] = useState<Sent>();
  const [isSending, setSending] = useState(false);
  const changes = useRef(0);
  const halfSent = useRef<Sent>(undefined);
  const forget = () => {
    changes.current += 1;
    if (isSending) return;
    setPreviewed(undefined);
    if (halfSent.current) setSent(halfSent.current);
    halfSent.current = undefined;
  };
  const stop = (some: Sent) => {
    halfSent.current = some;
  };
  /** Shows a preview, unless the input changed before the preview came. */
  const show = async (coming: Promise<Previewed>) => {
    const asked = changes.current;
    const preview = await coming;
    if (changes.current !== asked) return;
    setSent(undefined);
    setPreviewed(preview);
  };
  /** Shows the result of the sending in place of the preview. */
  const finish = (all: Sent) => {
    halfSent.current = undefined;
    setPreviewed(undefined);
    setSent(all);
  };
  return { previewed, show, sent, stop, finish, isSending, setSending, forget };
}

/** Invites people whose addresses are known: they are typed, previewed before anything is sent, sent with one button, and counted. */
export function MailPeople({ t }: { t: InvitingTexts }) {
  const { sendsMail, inviteDays, apps } = useFacts<InvitingFacts>();
  const [text, setText] = useState('');
  const { previewed, show, sent, stop, finish, isSending, setSending, forget } = useSteps();
  useAskBeforeLeaving(text !== '' || isSending);
  const take = (typed: string) => {
    setText(typed);
    forget();
  };
  const preview = async ({ people: _typed, ...fields }: Record<string, unknown>) => {
    if (isSending) throw { title: t('stillSending'), detail: t('tryAfter') };
    forget();
    const { people, ignored } = readTyped(text, Object.keys(apps), t);
    const wish = wishOf(fields);
    await show(previewPeople(people, wish).then((seen) => ({ ...seen, text, wish, ignored })));
    return undefined;
  };
  const invited =
    previewed?.expected.flatMap(({ result, person }) => (result === 'invited' ? person : [])) ?? [];
  const done = (of: Previewed) => (created: Sent['created']) => {
    const all = sentOf(of, created, t);
    finish(all);
    // Text that was changed meanwhile stays.
    setText((now) => (now === of.text ? writePeople(toCorrect(all)) : now));
  };
  return (
    <>
      {!sendsMail && <p class="notice">{t('noMail')}</p>}
      <div onInput={forget}>
        <Form
          button={t('preview')}
          send={preview}
          inWords={asFailure(t, (path) => (path.startsWith('emails') ? 'people' : path))}
        >
          <PeopleField t={t} value={text} change={take} />
          <details>
            <summary>{t('options')}</summary>
            <KindFields t={t} />
            <InviteOptions t={t} days={inviteDays} isMailed={sendsMail} />
          </details>
        </Form>
      </div>
      {previewed && (
        <PreviewParts
          preview={previewed}
          role={previewed.wish.role}
          ignored={previewed.ignored}
          sendsMail={sendsMail}
          t={t}
        >
          {invited.length > 0 && (
            <SendButton
              requests={groupPeople(invited, previewed.wish, atOnce)}
              sendsMail={sendsMail}
              t={t}
              isSending={isSending}
              setSending={setSending}
              stopped={(created) => stop(sentOf(previewed, created, t))}
              done={done(previewed)}
            />
          )}
        </PreviewParts>
      )}
      {sent && <SentParts sent={sent} sendsMail={sendsMail} t={t} />}
    </>
  );
}

/** What was sent of a preview, and who was left out. People whose request was not sent or not answered are left out too. */
function sentOf({ expected, wish }: Previewed, created: Sent['created'], t: InvitingTexts): Sent {
  const answered = new Set(created.map(({ person }) => person));
  const left = expected.filter(({ result, person }) => result === 'invited' && !answered.has(person));
  const unasked = left.map((one) => ({ ...one, reason: t('unasked') }));
  const labels = new Set(
    created.flatMap(({ person, result }) => (result === 'invited' ? [person.wish.label ?? wish.label] : [])),
  );
  const [label] = labels.size === 1 ? labels : [];
  return { created, held: [...expected.filter(isHeld), ...unasked], label };
}

/** What the guest becomes: the owner of an account, or of an account that is bound to a device. */
function KindFields({ t }: { t: InvitingTexts }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('email');
  return (
    <>
      <Choice
        name="kind"
        label={t('kind')}
        hint={t(`${kind}-hint`)}
        options={recordOf(kinds, t)}
        value={kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value as typeof kind)}
      />
      {kind === 'device-only' && <PassphraseField t={t} />}
    </>
  );
}

/** Results that a correction can change. */
const correctable = new Set(['bad_address', 'suppressed']);

const toCorrect = ({ created, held }: Sent) =>
  [...held, ...created].flatMap(({ person, result }) => (correctable.has(result) ? person : []));
