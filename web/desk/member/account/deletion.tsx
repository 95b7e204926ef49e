import type deleteMe from '#functions/me/delete.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { Check, SecretField } from '../../kit/fields.tsx';
import { Form } from '../../kit/form.tsx';
import { useTexts } from '../../kit/texts.ts';
import { aboutPassword, type AccountFacts, type Texts } from './account.ts';

/** Deletes my account: says what is lost with it, and asks for a yes, and for the password if there is one. */
export function Deletion() {
  const t: Texts = useTexts();
  const { hasPassword } = useFacts<AccountFacts>();
  const send = async ({ password }: Record<string, unknown>) => {
    await call<typeof deleteMe>('DELETE', '/v1/me', hasPassword ? { password } : {});
    location.assign('/login?done=account-deleted');
    return undefined;
  };
  return (
    <details>
      <summary class="bad">{t('delete')}</summary>
      <p>{t('deleteHint')}</p>
      <ul>
        <li>{t('goesProfile')}</li>
        <li>{t('goesSessions')}</li>
        <li>{t('goesKeys')}</li>
      </ul>
      <p>{t('withdrawsInvites')}</p>
      <p>{t('staysAWhile')}</p>
      <Form
        button={t('delete')}
        isDangerous
        ifLost={t('lostDeletion')}
        inWords={aboutPassword('password', t)}
        send={send}
      >
        {hasPassword && (
          <SecretField
            name="password"
            label={t('password')}
            show={t('show')}
            autocomplete="current-password"
            required
          />
        )}
        <Check name="sure" label={t('deleteSure')} required />
      </Form>
    </details>
  );
}
