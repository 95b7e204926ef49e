import { createContext, type ComponentChildren, type RefObject } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import { solvedCaptcha } from '../../browser/captcha.ts';
import { watchPlace } from '../../browser/watch-place.ts';
import { atField } from '../../field-of-error.ts';
import { inCaseLost, ProblemNotice, useOutcome } from './outcome.tsx';

type Mistakes = NonNullable<Problem['errors']>;

/** The mistakes of the last try, by field, and which fields the form shows. */
const Mistakes = createContext<{
  mistakes: Mistakes;
  say(mistakes: Mistakes): void;
  shows(name: string): void;
}>({
  mistakes: [],
  say: () => undefined,
  shows: () => undefined,
});

interface Form {
  /** A ref for the form element, if the caller fills it in later. */
  of?: RefObject<HTMLFormElement | null>;
  button: string;
  isDangerous?: boolean;
  /**
   * Sends what was typed. A ticked box is true, an unticked one is left out.
   * @returns the message to show when it is done.
   */
  send(fields: Record<string, unknown>, form: HTMLFormElement): Promise<string | undefined>;
  /** Puts a problem into the form's own words, if it has better ones. */
  inWords?(problem: Partial<Problem>): Partial<Problem>;
  /** The message if the answer is lost: that the request may have been done, and how to see it (C115). */
  ifLost?: string;
  children: ComponentChildren;
}

/** A form for the API. It is sent once however often its button is pressed, and shows each mistake at its field. */
export function Form({ of, button, isDangerous, send, inWords, ifLost, children }: Form) {
  const outcome = useOutcome();
  const [isBusy, setBusy] = useState(false);
  const isUnderWay = useRef(false);
  const [mistakes, setMistakes] = useState<Mistakes>([]);
  const shown = useRef(new Set<string>());
  const own = useRef<HTMLFormElement>(null);
  const element = of ?? own;
  const isElsewhere = useRef(false);
  useEffect(() => {
    const wrong = element.current?.querySelectorAll<HTMLElement>('[aria-invalid=true]') ?? [];
    for (const field of wrong) unfold(field);
    if (!isElsewhere.current) wrong[0]?.focus();
  }, [mistakes]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const form = element.current!;
    setBusy(true);
    setMistakes([]);
    outcome.clear();
    isElsewhere.current = false;
    const hasGoneOn = watchPlace();
    try {
      const text = await withCaptcha(fieldsOf(form), (fields) => send(fields, form));
      if (text !== undefined) outcome.say(text);
    } catch (error) {
      const told = inCaseLost(error, ifLost) as Partial<Problem>;
      const problem = inWords?.(told) ?? told;
      isElsewhere.current = hasGoneOn();
      setMistakes(problem.errors ?? atShownField(problem, shown.current));
      outcome.fail(problem);
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  };
  const say = (told: Mistakes) => {
    isElsewhere.current = false;
    setMistakes(told);
  };
  const said = outcome.said;
  const unplaced = mistakes.filter(({ path }) => !shown.current.has(path));
  return (
    <form
      ref={element}
      onSubmit={(event) => void submit(event)}
      // The browser cannot show its message at a field that is folded away.
      onInvalidCapture={({ target }) => unfold(target as Element)}
      aria-busy={isBusy}
    >
      <Mistakes.Provider value={{ mistakes, say, shows: (name) => shown.current.add(name) }}>
        {children}
      </Mistakes.Provider>
      <button type="submit" class={isDangerous ? 'danger' : ''} aria-disabled={isBusy}>
        {button}
      </button>
      <div role="status" class="outcome">
        {said?.text !== undefined && <p class="notice good">{said.text}</p>}
        {said && 'problem' in said && <ProblemNotice problem={said.problem} unplaced={unplaced} />}
      </div>
    </form>
  );
}

/** The mistake at the field that an error is about, if the form shows that field. */
const atShownField = (problem: Partial<Problem>, shown: ReadonlySet<string>): Mistakes =>
  (atField(problem).errors ?? []).filter(({ path }) => shown.has(path));

/** Opens the `details` in which a field may be folded away. */
const unfold = (field: Element): unknown => field.closest('details')?.setAttribute('open', '');

/** Resets fields that still hold what was sent, but not what was typed since. Listeners of the fields get an `input` event. */
export function emptyForm(form: HTMLFormElement, sent: Readonly<Record<string, unknown>>): void {
  for (const input of form.querySelectorAll('input')) {
    const wasSent = input.checked === (sent[input.name] === true);
    if (input.type === 'checkbox') input.checked = wasSent ? input.defaultChecked : input.checked;
    else if (input.value === sent[input.name]) input.value = input.defaultValue;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Replaces what was sent with what was saved, which may differ (blanks are trimmed, for instance). What was typed since stays. */
export function fillForm(
  form: HTMLFormElement,
  sent: Readonly<Record<string, unknown>>,
  saved: Readonly<Record<string, unknown>>,
): void {
  for (const input of form.querySelectorAll('input'))
    if (input.value === sent[input.name]) input.value = String(saved[input.name] ?? '');
}

/** Sends, and sends again with a solved captcha if the API asks for one. */
async function withCaptcha<Value>(
  fields: Record<string, unknown>,
  send: (fields: Record<string, unknown>) => Promise<Value>,
): Promise<Value> {
  try {
    return await send(fields);
  } catch (problem) {
    if ((problem as Partial<Problem>).code !== 'captcha_required') throw problem;
    return send({ ...fields, captcha: await solvedCaptcha() });
  }
}

const fieldsOf = (form: HTMLFormElement): Record<string, unknown> =>
  Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [
      name,
      form.querySelector(`input[type=checkbox][name="${name}"]`) ? true : value,
    ]),
  );

/** Says in the page's words that a field is empty. Without `missing`, the browser says it in its own words. */
export function useMissing(name: string, missing: string | undefined) {
  const { say } = useContext(Mistakes);
  if (missing === undefined) return undefined;
  return (event: Event & { currentTarget: HTMLInputElement }) => {
    if (!event.currentTarget.validity.valueMissing) return;
    event.preventDefault();
    say([{ path: name, message: missing }]);
  };
}

/** What a field of a form needs to show its mistake: ids, attributes, and the note below it. */
export function useField(name: string, hint?: ComponentChildren) {
  const id = useId();
  const { mistakes, shows } = useContext(Mistakes);
  shows(name);
  const mistake = mistakes.find(({ path }) => path === name)?.message;
  const noteId = `${id}-note`;
  const note = (mistake ?? hint) && (
    <p class={mistake ? 'hint error' : 'hint'} id={noteId}>
      {mistake ?? hint}
    </p>
  );
  const attributes = {
    id,
    name,
    ...(mistake && { 'aria-invalid': true as const }),
    ...(note && { 'aria-describedby': noteId }),
  };
  return { id, attributes, note };
}
