import { useState } from 'preact/hooks';
import { decodeTable } from '#shared/table/decode-table.ts';
import { TextArea } from '../../kit/fields.tsx';
import type { InvitingTexts } from './wish.ts';

/** Much more than a thousand people take, and little enough to be shown in a field. */
const maxBytes = 1_000_000;

interface People {
  t: InvitingTexts;
  value: string;
  change(text: string): void;
}

/** Whom to invite: pasted, dropped as a file, or taken from one. Whatever came can be corrected before it is sent. */
export function PeopleField({ t, value, change }: People) {
  const [isWrong, setWrong] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const text = file.size <= maxBytes ? decodeTable(new Uint8Array(await file.arrayBuffer())) : undefined;
    // A spreadsheet's own format is no text, though some bytes of it may be.
    const isText = text !== undefined && !text.includes('\0');
    setWrong(!isText);
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
          {...(isWrong && { 'aria-invalid': true, 'aria-describedby': 'people-file-note' })}
        />
        {isWrong && (
          <p class="hint error" id="people-file-note" role="alert">
            {t('notText')}
          </p>
        )}
      </div>
    </div>
  );
}
