import type updateMe from '#functions/me/update.ts';
import type { Locale } from '#shared/locale.ts';
import { usernameLength } from '#shared/users/limits.ts';
import { displayName } from '#shared/users/user.ts';
import { nameOrder, profileFieldNames, profileFields } from '#shared/users/profile-fields.ts';
import { call } from '../../../browser/api.ts';
import { isEdited } from '../../../browser/is-edited.ts';
import { languages } from '../../../languages.ts';
import { Choice, TextField } from '../../kit/fields.tsx';
import { fillForm, Form } from '../../kit/form.tsx';
import { useTexts } from '../../kit/texts.ts';
import type { Me, Texts } from './account.ts';

/** Username, names and language. */
export function Profile({ me, changed }: { me: Me; changed: (me: Me) => void }) {
  const t: Texts = useTexts();
  const { lang } = document.documentElement;
  const names = [...new Set([...nameOrder(lang as Locale), ...profileFieldNames])];
  const save = async ({ locale, ...others }: Record<string, unknown>, form: HTMLFormElement) => {
    // Sent only if it was changed, because it also decides the language of this browser's pages.
    const fields = locale === me.locale ? others : { ...others, locale };
    const saved = await call<typeof updateMe>('PATCH', '/v1/me', fields);
    changed(saved);
    fillForm(form, others, { ...saved });
    // The frame around this page names the user too. The frame of a bound session has no name.
    const name = document.querySelector('.who span');
    if (name) name.textContent = displayName(saved);
    // Shows the page in the chosen language, unless other typed text would be lost.
    if (saved.locale !== me.locale && saved.locale !== lang)
      setTimeout(() => isEdited() || location.reload());
    return t('profileSaved');
  };
  return (
    <Form button={t('save')} ifLost={t('lostAccount')} send={save}>
      <TextField
        name="username"
        label={t('username')}
        hint={t('usernameHint', usernameLength)}
        autocomplete="username"
        maxLength={usernameLength.max}
        defaultValue={me.username}
        required
      />
      {names.map((name) => (
        <TextField key={name} name={name} label={t(name)} defaultValue={me[name]} {...profileFields[name]} />
      ))}
      <Choice name="locale" label={t('language')} options={languages} defaultValue={me.locale} />
    </Form>
  );
}
