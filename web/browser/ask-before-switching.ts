import { isEdited } from './is-edited.ts';

/** Asks whoever has typed something into the desk before another language loads the page anew, which loses it. */
export function askBeforeSwitching(): void {
  const ask = (event: SubmitEvent) => {
    const isSwitch = event.target instanceof HTMLFormElement && event.target.matches('.languages');
    if (!isSwitch || !isEdited() || confirm(document.body.dataset['unsaved'])) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // Before it is noted as sent: it can be pressed again.
  addEventListener('submit', ask, { capture: true });
}
