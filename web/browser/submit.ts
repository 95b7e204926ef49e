/** How long a page that is being left may take. After that, sending again is a new wish. */
const leavingMs = 10_000;

/** The work that each form waits for before it is sent, and when each was sent. */
const works = new WeakMap<HTMLFormElement, (() => Promise<unknown>)[]>();
const sentAt = new Map<EventTarget, number>();

const isLeaving = (form: EventTarget | null): boolean =>
  form !== null && performance.now() - (sentAt.get(form) ?? Number.NEGATIVE_INFINITY) < leavingMs;

/** Sends each form of the page once, however often its button is pressed until the next page is there. */
export function sendFormsOnce(): void {
  const stop = (event: SubmitEvent) => {
    if (!isLeaving(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('submit', stop, { capture: true });
  // Last of all: what a script sends itself is not sent by the browser.
  addEventListener(
    'submit',
    (event) => event.defaultPrevented || sentAt.set(event.target!, performance.now()),
  );
  // A page that the browser brings back can be sent again.
  addEventListener('pageshow', () => sentAt.clear());
}

/** Does `work` each time before `form` is sent. Its failure never holds the form back: the server names the missing field. */
export function beforeSubmit(form: HTMLFormElement, work: () => Promise<unknown>): void {
  const known = works.get(form);
  if (known) {
    known.push(work);
    return;
  }
  const all = [work];
  works.set(form, all);
  let working = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A second tap must not do it twice.
    if (working) return;
    working = true;
    await Promise.allSettled(all.map((one) => one()));
    working = false;
    // The event of it is not told to anybody.
    sentAt.set(form, performance.now());
    form.submit();
  });
}
