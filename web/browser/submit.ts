import { watchPlace } from './watch-place.ts';

/** How long a page that is being left may take. After that, sending again is a new wish. */
const leavingMs = 10_000;
/** Enter that is pressed twice within this time is one wish. */
const gestureMs = 1_000;

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

/** @param hasGoneOn whether somebody has gone on since they pressed the button. */
type Way = (form: HTMLFormElement, hasGoneOn: () => boolean) => unknown;

/** Sends a form; by the browser, unless `sendBy` says otherwise. */
let send: Way = (form) => form.submit();
/** Sends forms from now on in another way. */
export const sendBy = (way: Way): unknown => (send = way);

/** Lets a form be sent again whose sending has failed. */
export const allowAgain = (form: HTMLFormElement): unknown => sentAt.delete(form);

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

/** Puts what the pressed button says into the form: a form that a script sends does not say which it was. */
function carryButton(form: HTMLFormElement, button: HTMLElement | null): void {
  form.querySelector('[data-pressed]')?.remove();
  if (!(button instanceof HTMLButtonElement) || button.name === '') return;
  const { name, value } = button;
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
  field.dataset['pressed'] = '';
  form.append(field);
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
    const { submitter } = event;
    // A second tap must not do it twice, nor say that what is under way is over.
    if (working || form.getAttribute('aria-busy') === 'true') return;
    working = true;
    form.setAttribute('aria-busy', 'true');
    const hasGoneOn = watchPlace();
    await Promise.allSettled(all.map((one) => one()));
    working = false;
    form.removeAttribute('aria-busy');
    // The event of it is not told to anybody.
    sentAt.set(form, performance.now());
    carryButton(form, submitter);
    send(form, hasGoneOn);
  });
}
