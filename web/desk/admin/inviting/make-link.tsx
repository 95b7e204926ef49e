import { useState } from 'preact/hooks';
import { inviteKinds, isForMailbox, type InviteKind } from '#shared/invites/invite.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { recordOf } from '#shared/record-of.ts';
import { Check, Choice, TextField } from '../../kit/fields.tsx';
import { useFacts } from '../../kit/facts.ts';
import { Form } from '../../kit/form.tsx';
import { InviteLinks, type InviteLink } from '../invites/links.tsx';
import { createOnce } from './create-once.ts';
import { InviteOptions, PassphraseField } from './options.tsx';
import { Held } from './preview.tsx';
import { linkOf } from './sent.tsx';
import { asFailure, wishOf, type InvitingFacts, type InvitingTexts } from './wish.ts';
import type { Created } from '../invites/invite.ts';

/** Makes a link to hand over. The form shows only fields that go together. */
export function MakeLink({ t }: { t: InvitingTexts }) {
  const { sendsMail, inviteDays } = useFacts<InvitingFacts>();
  const [kind, setKind] = useState<InviteKind>('account');
  const [wantsCode, setWantsCode] = useState(false);
  const [isMailed, setMailed] = useState(false);
  // With the kind that was made, because another kind may be chosen meanwhile.
  const [created, setCreated] = useState<{ rows: Created[]; made: InviteKind }>();
  // An invite that is not bound to an address or a domain can be for many people.
  const isOpen = !isForMailbox({ kind });
  const hasCode = wantsCode && isOpen;
  const make = async ({ send, ...fields }: Record<string, unknown>) => {
    setCreated(undefined);
    const wish = { ...wishOf(fields), ...(kind === 'email' && { send: send === true }) };
    const invites = await createOnce(wish).catch((problem: unknown) => {
      // The links made before are shown nowhere else, so they stay.
      setCreated(created);
      throw problem;
    });
    setCreated({ rows: invites, made: kind });
    return invites.some(({ result }) => result === 'invited') ? t('created') : undefined;
  };
  const held = created?.rows.filter(({ result }) => result !== 'invited') ?? [];
  const links: InviteLink[] = created?.rows.flatMap((row) => linkOf(row, t(created.made))) ?? [];
  return (
    <>
      <Form button={t('linkButton')} send={make} inWords={asFailure(t, (path) => placeOf(path, kind))}>
        <Choice
          name="kind"
          label={t('kind')}
          hint={t(`${kind}-hint`)}
          options={recordOf(inviteKinds, t)}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value as InviteKind)}
        />
        <Whom t={t} kind={kind} />
        {kind === 'email' && sendsMail && (
          <Check
            name="send"
            label={t('mailToo')}
            checked={isMailed}
            onChange={({ currentTarget }) => setMailed(currentTarget.checked)}
          />
        )}
        {isOpen && <CodeFields t={t} wantsCode={wantsCode} want={setWantsCode} />}
        {isOpen && !hasCode && <NumberField t={t} name="count" hint={t('countHint')} />}
        {kind !== 'email' && (
          <NumberField
            t={t}
            name="maxUses"
            hint={t('maxUsesHint')}
            {...(hasCode && { max: inviteLimits.ownCodeUses.max })}
          />
        )}
        <InviteOptions
          t={t}
          days={inviteDays}
          isMailed={isMailed && kind === 'email'}
          isGuessable={hasCode}
        />
      </Form>
      {held.length > 0 && <Held items={held.map(({ email = '', ...row }) => ({ email, ...row }))} t={t} />}
      {links.length > 0 && <InviteLinks links={links} t={t} />}
    </>
  );
}

interface OwnCode {
  t: InvitingTexts;
  wantsCode: boolean;
  want(wanted: boolean): void;
}

/** A short code that the administrator chooses, in place of a random one. */
function CodeFields({ t, wantsCode, want }: OwnCode) {
  return (
    <>
      <Check
        name="ownCode"
        label={t('ownCode')}
        hint={t('ownCodeHint', inviteLimits.ownCodeUses)}
        checked={wantsCode}
        onChange={({ currentTarget }) => want(currentTarget.checked)}
      />
      {wantsCode && (
        <TextField
          name="code"
          label={t('code')}
          hint={t('codeHint', inviteLimits.codeLength)}
          maxLength={inviteLimits.typedCodeLength.max}
          autocomplete="off"
          required
        />
      )}
    </>
  );
}

/** The field at which a mistake from the API is shown. */
function placeOf(path: string, kind: InviteKind): string {
  if (!path.startsWith('emails')) return path;
  return kind === 'domain' ? 'domain' : 'email';
}

/** The field that says whom the link is for, if it is not for everyone. */
function Whom({ t, kind }: { t: InvitingTexts; kind: InviteKind }) {
  if (kind === 'email')
    return (
      <TextField
        name="email"
        label={t('linkEmail')}
        type="email"
        maxLength={emailMaxLength}
        autocomplete="off"
        required
      />
    );
  if (kind === 'domain')
    return (
      <TextField
        name="domain"
        label={t('linkDomain')}
        maxLength={emailMaxLength}
        autocomplete="off"
        required
      />
    );
  if (kind === 'device-only') return <PassphraseField t={t} />;
  return null;
}

interface Numbered {
  t: InvitingTexts;
  name: 'count' | 'maxUses';
  hint: string;
  max?: number;
}

function NumberField({ t, name, hint, max = inviteLimits[name].max }: Numbered) {
  return (
    <TextField
      name={name}
      label={t(name)}
      hint={hint}
      type="number"
      min={inviteLimits[name].min}
      max={max}
      defaultValue={1}
      required
    />
  );
}
