/**
 * Notes the focus of a visitor who waits for an answer.
 * @returns whether the visitor has gone on since, to another place or by typing: then the answer must not take the focus.
 */
export function watchPlace(): () => boolean {
  const place = document.activeElement;
  let hasTyped = false;
  const note = ({ isTrusted }: Event) => {
    // Fields that a script fills in or empties do not count as typing.
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
