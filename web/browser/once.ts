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

/** Calls `send` for a form that is submitted, but not a second time before anybody has typed again. */
export function onSubmit(form: HTMLFormElement, send: () => void): void {
  let sentAt = Number.NEGATIVE_INFINITY;
  form.addEventListener('input', () => (sentAt = Number.NEGATIVE_INFINITY));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const now = performance.now();
    if (now - sentAt < gestureMs) return;
    sentAt = now;
    send();
  });
}

/** The second click of a double click, and the repeats of a key that is held, press no button. */
export function ignoreRepeats(): void {
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const isIn = ({ target }: Event, selector: string) =>
    target instanceof Element && target.closest(selector) !== null;
  // Before anything else hears of them.
  addEventListener('click', (event) => event.detail > 1 && isIn(event, 'button') && stop(event), {
    capture: true,
  });
  addEventListener(
    'keydown',
    (event) => event.repeat && event.key === 'Enter' && isIn(event, 'input, button') && stop(event),
    { capture: true },
  );
}
