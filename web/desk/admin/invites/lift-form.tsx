import type liftSuppression from '#functions/admin-suppression/lift.ts';
import { reasonMaxLength } from '#shared/audit/fields.ts';
import { call } from '../../../browser/api.ts';
import type { suppressionTexts } from '../../../texts/suppression.ts';
import { EmailField, TextField } from '../../kit/fields.tsx';
import { emptyForm, Form } from '../../kit/form.tsx';
import type { TextOf } from '../../kit/texts.ts';

/** Lets mail go out again to a suppressed mailbox. */
export function LiftForm({ t, email }: { t: TextOf<typeof suppressionTexts>; email?: string }) {
  return (
    <details>
      <summary>{t('lift')}</summary>
      <p>{t('liftHint')}</p>
      <Form
        button={t('lift')}
        send={async (fields, form) => {
          await call<typeof liftSuppression>('POST', '/v1/admin/suppressions/lift', fields);
          emptyForm(form, fields);
          return t('lifted');
        }}
      >
        <EmailField label={t('liftEmail')} defaultValue={email} />
        <TextField
          name="reason"
          label={t('liftReason')}
          autocomplete="off"
          maxLength={reasonMaxLength}
          required
        />
      </Form>
    </details>
  );
}
