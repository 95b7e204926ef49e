import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { inCaseLost, type Outcome } from './outcome.tsx';
import { useTexts } from './texts.ts';

interface Act {
  /** What the button says. */
  label: string;
  /** Its name for a screen reader, where the label alone does not say to what it is done. */
  name?: string;
  /** Asked first, where something is lost. */
  asks?: ComponentChildren;
  /** Whether what it takes away is gone for good. */
  isDangerous?: boolean;
  /** Whether it takes away what can be given back. */
  isGrave?: boolean;
  isPrimary?: boolean;
  disabled?: boolean;
  /** Does it. @returns what is then said. */
  run(): Promise<string | undefined>;
  /** Said where its answer is lost: that it may have been done, and how to see (C115). */
  ifLost?: string;
  outcome: Outcome;
}

/** A button that does one thing: once however often it is pressed, asking first where it must, saying what came of it. */
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
  // What was asked is what is done, whatever the page shows by the time of the answer.
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
        // Not disabled, by which the keyboard would lose its place.
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
  /** How its yes looks: as the button that asked, where that takes something away. */
  look: string;
  yes(): void;
  no(): void;
  children: ComponentChildren;
}

/** Says what an act ends, and waits for a yes. Escape is a no, and Enter that is pressed twice: nobody has read it by then (C79). */
export function Confirm({ title, label, look, yes, no, children }: Question) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    cancel.current?.focus();
  }, []);
  // Before it is taken away: the browser then gives the focus back to the button that asked.
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
