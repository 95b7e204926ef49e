import { isEdited } from './is-edited.ts';

/** Asks a user with unsaved input before a language switch reloads the page and loses it. */
export function askBeforeSwitching(): void {
  const ask = (event: SubmitEvent) => {
    const isSwitch = event.target instanceof HTMLFormElement && event.target.matches('.languages');
    if (!isSwitch || !isEdited() || confirm(document.body.dataset['unsaved'])) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // Before the form is noted as sent, so that its button can be pressed again.
  addEventListener('submit', ask, { capture: true });
}
