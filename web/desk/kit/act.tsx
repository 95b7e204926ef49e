import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { inCaseLost, type Outcome } from './outcome.tsx';
import { useTexts } from './texts.ts';

interface Act {
  /** The text on the button. */
  label: string;
  /** The button's name for a screen reader, if the label alone does not say what it acts on. */
  name?: string;
  /** The question to ask first, if something is lost. */
  asks?: ComponentChildren;
  /** Whether the act removes something for good. */
  isDangerous?: boolean;
  /** Whether the act removes something that can be given back. */
  isGrave?: boolean;
  isPrimary?: boolean;
  disabled?: boolean;
  /** Does the act. @returns the message to show. */
  run(): Promise<string | undefined>;
  /** The message if the answer is lost: that the act may have been done, and how to see it (C115). */
  ifLost?: string;
  outcome: Outcome;
}

/** A button for one act. It acts once however often it is pressed, asks first if something is lost, and says the result. */
export function ActButton({
  label,
  name,
  asks,
  isDangerous,
  isGrave,
  isPrimary,
  disabled,
  run,
  ifLost,
  outcome,
}: Act) {
  const grave = isDangerous ? 'danger' : isGrave ? 'danger plain' : '';
  const [isBusy, setBusy] = useState(false);
  // The act that the person agreed to is done, even if the page has changed by the time of the yes.
  const [asked, setAsked] = useState<Pick<Act, 'label' | 'name' | 'asks' | 'run'>>();
  const isUnderWay = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => () => void (isMounted.current = false), []);
  const act = async (does: Act['run']) => {
    setAsked(undefined);
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    outcome.clear();
    try {
      const text = await does();
      if (text !== undefined) outcome.say(text);
    } catch (problem) {
      outcome.fail(inCaseLost(problem, ifLost));
    } finally {
      isUnderWay.current = false;
      if (isMounted.current) setBusy(false);
    }
  };
  const start = () => {
    if (isUnderWay.current) return;
    if (asks === undefined) void act(run);
    else setAsked({ label, ...(name !== undefined && { name }), asks, run });
  };
  return (
    <>
      <button
        type="button"
        class={grave || (isPrimary ? '' : 'plain')}
        aria-label={name}
        aria-busy={isBusy}
        disabled={disabled}
        // Not `disabled`, because then the button would lose the keyboard focus.
        aria-disabled={isBusy}
        onClick={start}
      >
        {label}
      </button>
      {asked && (
        <Confirm
          title={asked.name ?? asked.label}
          label={asked.label}
          look={grave}
          yes={() => void act(asked.run)}
          no={() => setAsked(undefined)}
        >
          {asked.asks}
        </Confirm>
      )}
    </>
  );
}

interface Question {
  title: string;
  label: string;
  /** The look of the yes: that of the button that asked, if the act removes something. */
  look: string;
  yes(): void;
  no(): void;
  children: ComponentChildren;
}

/**
 * Says what an act ends, and waits for a yes. Escape is a no. So is Enter pressed twice, because the person cannot have read the
 * question by then (C79).
 */
export function Confirm({ title, label, look, yes, no, children }: Question) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    cancel.current?.focus();
  }, []);
  // Closed before it is removed, so that the browser gives the focus back to the button that asked.
  const close = () => dialog.current?.close();
  const agree = () => {
    close();
    yes();
  };
  return (
    <dialog ref={dialog} aria-label={title} onClose={no}>
      <h2>{title}</h2>
      <div>{children}</div>
      <p class="actions">
        <button type="button" class={look} onClick={agree}>
          {label}
        </button>
        <button ref={cancel} type="button" class="plain" onClick={close}>
          {t('cancel')}
        </button>
      </p>
    </dialog>
  );
}
