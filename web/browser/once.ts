/** Enter that is pressed twice within this time is one wish. */
const gestureMs = 1_000;

/** Does `work` once for what is `given`, however often it is asked for while it is under way. */
export function once<Given extends string[]>(
  work: (...given: Given) => Promise<unknown>,
): (...given: Given) => void {
  const underWay = new Set<string>();
  return (...given) => {
    const name = given.join(' ');
    if (underWay.has(name)) return;
    underWay.add(name);
    void work(...given).finally(() => underWay.delete(name));
  };
}

/** What the visitor sent last by a key, until somebody types again. */
let sent: { button: HTMLButtonElement; at: number } | undefined;

/** Whether a button is pressed by the second click of a double click, or sends a form by a key that is pressed twice. */
function isRepeat({ detail, target }: MouseEvent): boolean {
  const button = target instanceof Element ? target.closest('button') : null;
  if (!button) return false;
  if (detail > 0 || button.type !== 'submit') return detail > 1;
  // By a key.
  const now = performance.now();
  if (sent?.button === button && now - sent.at < gestureMs) return true;
  sent = { button, at: now };
  return false;
}

/** Double clicks, and keys that are held or pressed twice, press a button once. */
export function ignoreRepeats(): void {
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const isHeld = ({ key, repeat, target }: KeyboardEvent) =>
    repeat && key === 'Enter' && target instanceof Element && target.matches('input, button');
  // Before anything else hears of them.
  const first = { capture: true };
  addEventListener('click', (event) => isRepeat(event) && stop(event), first);
  addEventListener('keydown', (event) => isHeld(event) && stop(event), first);
  addEventListener('input', () => (sent = undefined), first);
}
