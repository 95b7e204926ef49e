import type updatePassword from '#functions/password/update.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { SecretField } from '../../kit/fields.tsx';
import { emptyForm, Form } from '../../kit/form.tsx';
import { NewPasswordField } from '../../kit/new-password.tsx';
import { useTexts } from '../../kit/texts.ts';
import { aboutPassword, type AccountFacts, type Me, type Texts } from './account.ts';

/** Changes the password. The present one is required. @param changed called after every other session has ended by the change. */
export function ChangePassword({ me, changed }: { me: Me; changed: () => void }) {
  const t: Texts = useTexts();
  const { strength, passwordMinLength: min } = useFacts<AccountFacts>();
  const own = [me.username, me.email, me.firstName, me.lastName].flatMap((word) => word || []);
  const send = async (fields: Record<string, unknown>, form: HTMLFormElement) => {
    await call<typeof updatePassword>('PUT', '/v1/me/password', fields);
    emptyForm(form, fields);
    changed();
    return t('passwordChanged');
  };
  return (
    <Form
      button={t('changePassword')}
      ifLost={t('lostPassword')}
      inWords={aboutPassword('currentPassword', t)}
      send={send}
    >
      <SecretField
        name="currentPassword"
        label={t('currentPassword')}
        show={t('show')}
        autocomplete="current-password"
        required
      />
      <NewPasswordField
        name="password"
        label={t('newPassword')}
        hint={t('passwordHint', { min })}
        show={t('show')}
        strength={{ ...strength, words: [...strength.words, ...own] }}
      />
    </Form>
  );
}
