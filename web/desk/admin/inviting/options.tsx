import { useState } from 'preact/hooks';
import { inviteLimits } from '#shared/invites/limits.ts';
import { roles } from '#shared/users/user.ts';
import { recordOf } from '#shared/record-of.ts';
import { pageLocale } from '../../../browser/page-locale.ts';
import { languages } from '../../../languages.ts';
import { useFacts } from '../../kit/facts.ts';
import { Check, Choice, SecretField, TextArea, TextField } from '../../kit/fields.tsx';
import type { InvitingFacts, InvitingTexts } from './wish.ts';

interface Options {
  t: InvitingTexts;
  days: number;
  /** Whether a mail goes out, in which the administrator can write a message. */
  isMailed: boolean;
  /** Whether the invite has a code of the administrator's choice. Then it must expire, and lets in only members. */
  isGuessable?: boolean;
}

/** The options that every invite has. */
export function InviteOptions({ t, days, isMailed, isGuessable = false }: Options) {
  const { apps } = useFacts<InvitingFacts>();
  const [hasNoEnd, setNoEnd] = useState(false);
  const endless = hasNoEnd && !isGuessable;
  const { min, max } = inviteLimits.expiresInDays;
  return (
    <>
      {!endless && (
        <TextField
          name="expiresInDays"
          label={t('days')}
          type="number"
          min={min}
          max={max}
          defaultValue={days}
          required
        />
      )}
      {!isGuessable && (
        <Check
          name="noEnd"
          label={t('noEnd')}
          checked={hasNoEnd}
          onChange={({ currentTarget }) => setNoEnd(currentTarget.checked)}
        />
      )}
      {!isGuessable && (
        <Choice
          name="role"
          label={t('role')}
          hint={t('adminHint')}
          options={recordOf(roles, t)}
          defaultValue="general"
        />
      )}
      {Object.keys(apps).length > 0 && (
        <Choice
          name="app"
          label={t('app')}
          hint={t('appHint')}
          options={{ '': t('appUsual'), ...apps }}
          defaultValue=""
        />
      )}
      <Choice name="locale" label={t('language')} options={languages} defaultValue={pageLocale()} />
      <TextField
        name="label"
        label={t('label')}
        hint={t('labelHint')}
        maxLength={inviteLimits.labelLength.max}
        autocomplete="off"
      />
      <TextField name="note" label={t('note')} maxLength={inviteLimits.noteLength.max} autocomplete="off" />
      {isMailed && (
        <TextArea
          name="message"
          label={t('message')}
          hint={t('messageHint')}
          rows={3}
          maxLength={inviteLimits.messageLength.max}
        />
      )}
    </>
  );
}

/** A pass phrase that the administrator tells the guest personally. The guest types it to register. */
export const PassphraseField = ({ t }: { t: InvitingTexts }) => (
  <SecretField
    name="passphrase"
    label={t('passphrase')}
    hint={t('passphraseHint')}
    show={t('show')}
    autocomplete="off"
    required
  />
);
