/**
 * Notes where somebody is who waits for an answer.
 * @returns whether they have gone on since, to another place or by typing: then the answer takes the focus from nobody.
 */
export function watchPlace(): () => boolean {
  const place = document.activeElement;
  let hasTyped = false;
  const note = ({ isTrusted }: Event) => {
    // What a script fills in or empties is no typing.
    if (!isTrusted) return;
    hasTyped = true;
    removeEventListener('input', note, { capture: true });
  };
  addEventListener('input', note, { capture: true });
  return () => {
    const { activeElement, body } = document;
    return hasTyped || (activeElement !== place && activeElement !== body);
  };
}
