import type putKey from '#functions/key/put.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { Check, SecretField } from '../../kit/fields.tsx';
import { emptyForm, Form } from '../../kit/form.tsx';
import { inTurn } from '../../kit/in-turn.ts';
import { useTexts } from '../../kit/texts.ts';
import type { Key, KeyFacts, Service, Texts } from './key.ts';

interface Storing {
  service: Service;
  /** The provider's page where users get a key; null if it is not known. */
  keysUrl: string | null;
  /** @param hasTypedOn whether another key was typed meanwhile. */
  saved(key: Key, hasTypedOn: boolean): void;
  /** Called when the form is sent. */
  starts(): void;
}

/** Stores a key for a service, in place of the previous one. */
export function KeyForm({ service: { service, title, checkable }, keysUrl, saved, starts }: Storing) {
  const t: Texts = useTexts();
  const { keyDays, keyMinLength } = useFacts<KeyFacts>();
  const send = async (fields: Record<string, unknown>, form: HTMLFormElement) => {
    starts();
    const path = `/v1/keys/${service}`;
    const key = await inTurn([path], () => call<typeof putKey>('PUT', path, fields));
    emptyForm(form, fields);
    saved(key, new FormData(form).get('key') !== '');
    return undefined;
  };
  return (
    <>
      {keysUrl && (
        <p>
          <a class="way" href={keysUrl} target="_blank" rel="noreferrer">
            {t('getOne', { service: title })}
          </a>
        </p>
      )}
      <Form button={t('save')} ifLost={t('lostKeys')} send={send}>
        <SecretField
          name="key"
          label={t('key')}
          hint={t('keyHint', { min: keyMinLength, days: keyDays })}
          missing={t('keyMissing')}
          show={t('show')}
          autocomplete="off"
          required
        />
        {checkable && <Check name="check" label={t('check', { service: title })} />}
      </Form>
    </>
  );
}
