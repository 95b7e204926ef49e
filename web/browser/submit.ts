import { leaveUnasked } from './leave-unasked.ts';
import { watchPlace } from './watch-place.ts';

/** How long the next page may take. After that, sending the form again is intended. */
const leavingMs = 10_000;
/** Pressing Enter twice within this time counts as once. */
const gestureMs = 1_000;

/** The button that last sent a form by key, until the next input. */
let sent: { button: HTMLButtonElement; at: number } | undefined;

/** Whether a click is the second of a double click, or comes from a key that is pressed twice to send a form. */
function isRepeat({ detail, target }: MouseEvent): boolean {
  const button = target instanceof Element ? target.closest('button') : null;
  if (!button) return false;
  if (detail > 0 || button.type !== 'submit') return detail > 1;
  // `detail` is 0: the button was pressed by a key.
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
  // Before any other listener.
  const first = { capture: true };
  addEventListener('click', (event) => isRepeat(event) && stop(event), first);
  addEventListener('keydown', (event) => isHeld(event) && stop(event), first);
  addEventListener('input', () => (sent = undefined), first);
}

/** @param hasGoneOn whether the visitor has moved the focus or typed since pressing the button. */
type Way = (form: HTMLFormElement, hasGoneOn: () => boolean) => unknown;

/** Sends a form; by the browser, unless `sendBy` says otherwise. */
let send: Way = (form) => form.submit();
/** Sets how forms are sent from now on. */
export const sendBy = (way: Way): unknown => (send = way);

/** Lets a form whose sending has failed be sent again. */
export const allowAgain = (form: HTMLFormElement): unknown => sentAt.delete(form);

/** The work that each form waits for before it is sent, and when each was sent. */
const works = new WeakMap<HTMLFormElement, (() => Promise<unknown>)[]>();
const sentAt = new Map<EventTarget, number>();

const isLeaving = (form: EventTarget | null): boolean =>
  form !== null && performance.now() - (sentAt.get(form) ?? Number.NEGATIVE_INFINITY) < leavingMs;

/** Sends each form of the page once, however often its button is pressed before the next page arrives. */
export function sendFormsOnce(): void {
  const stop = (event: SubmitEvent) => {
    if (!isLeaving(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('submit', stop, { capture: true });
  // Runs last: listeners that send a form by script have prevented the default by then.
  addEventListener(
    'submit',
    (event) => event.defaultPrevented || sentAt.set(event.target!, performance.now()),
  );
  // Forms of a page that the browser restores can be sent again.
  addEventListener('pageshow', () => sentAt.clear());
}

/** Copies the pressed button's name and value into the form: a form that a script sends leaves them out. */
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
    // A second tap must neither repeat the work nor mark a form that is being sent as done.
    if (working || form.getAttribute('aria-busy') === 'true') return;
    working = true;
    form.setAttribute('aria-busy', 'true');
    const hasGoneOn = watchPlace();
    await Promise.allSettled(all.map((one) => one()));
    working = false;
    form.removeAttribute('aria-busy');
    // Sending a form by script fires no `submit` event that would note it.
    sentAt.set(form, performance.now());
    carryButton(form, submitter);
    leaveUnasked();
    send(form, hasGoneOn);
  });
}
