import { useState } from 'preact/hooks';
import { inviteLimits } from '#shared/invites/limits.ts';
import { decodeTable } from '#shared/table/decode-table.ts';
import { TextArea } from '../../kit/fields.tsx';
import type { InvitingTexts } from './wish.ts';

/** Far more than a thousand people take, and small enough to be shown in a field. */
const maxBytes = 1_000_000;

interface People {
  t: InvitingTexts;
  value: string;
  change(text: string): void;
}

/** The people to invite: pasted, dropped as a file, or read from a chosen file. The text can be corrected before it is sent. */
export function PeopleField({ t, value, change }: People) {
  const [mistake, setMistake] = useState<'notText' | 'fileTooLarge'>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > maxBytes) return setMistake('fileTooLarge');
    const text = decodeTable(new Uint8Array(await file.arrayBuffer()));
    // A spreadsheet's own format may happen to decode as text, but it contains NUL characters.
    const isText = text !== undefined && !text.includes('\0');
    setMistake(isText ? undefined : 'notText');
    if (isText) change(text);
  };
  return (
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer?.files ?? [];
        if (!file) return;
        event.preventDefault();
        void take(file);
      }}
    >
      <TextArea
        name="people"
        label={t('people')}
        hint={t('peopleHint')}
        rows={8}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <div class="field">
        <label for="people-file">{t('file')}</label>
        <input
          id="people-file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
          {...(mistake && { 'aria-invalid': true, 'aria-describedby': 'people-file-note' })}
        />
        {mistake && (
          <p class="hint error" id="people-file-note" role="alert">
            {t(mistake, { max: inviteLimits.count.max })}
          </p>
        )}
      </div>
    </div>
  );
}
