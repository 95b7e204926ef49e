import type liftSuppression from '#functions/admin-suppression/lift.ts';
import { startApiForm } from './api-forms.ts';
import { textsOf } from './texts.ts';

/** Starts the form that lets mail go out again, which is there where the deployment sends mail. */
export function startLiftForm(panel: HTMLElement): void {
  const form = panel.querySelector<HTMLFormElement>('#lift-form');
  if (form) startApiForm<typeof liftSuppression>(form, textsOf(panel)('notDone'), () => form.reset());
}
