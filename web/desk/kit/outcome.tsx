import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import { loginPath, Unanswered } from '../../browser/api.ts';
import { isEdited } from '../../browser/is-edited.ts';
import { useTexts } from './texts.ts';
import { told } from './told.ts';

type Said = { text?: string; problem?: unknown };

/** What the last act of a part of the page has come to. */
export interface Outcome {
  said: Said | undefined;
  say(text: string): void;
  fail(problem: unknown): void;
  clear(): void;
}

export function useOutcome(): Outcome {
  const [said, setSaid] = useState<Said>();
  return {
    said,
    // Each act clears the place as it begins: what stands there at its end is of another one that was under way beside it.
    say: (text) => setSaid((before) => ({ ...before, text })),
    fail: (problem) => setSaid((before) => ({ ...before, problem })),
    clear: () => setSaid(undefined),
  };
}

/** A lost answer in the words of the act (C115): that it may have been done, and how to see. */
export const inCaseLost = (problem: unknown, ifLost: string | undefined): unknown =>
  problem instanceof Unanswered && ifLost ? { title: problem.title, detail: ifLost } : problem;

/** Why it stopped, and what was done until then. */
export const withCount = ({ title, detail, ...problem }: Partial<Problem>, count: string) => ({
  ...problem,
  title,
  detail: [detail, count].filter(Boolean).join(' '),
});

/**
 * For what tells of an act: where the act has taken away what had the focus, its button for instance, the keyboard goes
 * on from here, and not from the top of the page.
 */
export function usePlaceKept(isSaid: boolean) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isSaid) return undefined;
    const had = document.activeElement;
    const keep = () => {
      const { activeElement, body } = document;
      const isLost = activeElement === body ? had === body || isGone(had) : isGone(activeElement);
      if (isLost) place.current?.focus({ preventScroll: true });
    };
    keep();
    // What is read anew after the act may take the button away later.
    const changes = new MutationObserver(keep);
    changes.observe(document.body, { childList: true, subtree: true });
    return () => changes.disconnect();
  }, [isSaid]);
  return place;
}

/** Taken away, or folded up. */
const isGone = (element: Element | null): boolean =>
  !element?.isConnected || element.closest('details:not([open]) > :not(summary)') !== null;

/** Says it beside where it was asked, and to screen readers. */
export function OutcomeNotice({ of: { said } }: { of: Outcome }) {
  const notice = usePlaceKept(said !== undefined);
  return (
    <div role="status" class="outcome" ref={notice} tabIndex={-1}>
      {said && 'problem' in said && <ProblemNotice problem={said.problem} />}
      {said?.text !== undefined && <p class="notice good">{said.text}</p>}
    </div>
  );
}

/** @param unplaced whether mistakes of fields are told, which is where no field shows them. */
export function ProblemNotice({ problem, unplaced }: { problem: unknown; unplaced?: Problem['errors'] }) {
  const t = useTexts();
  const { code, title = t('notDone'), detail, errors = [] } = (problem ?? {}) as Partial<Problem>;
  const mistakes = unplaced ?? errors;
  return (
    <div class="notice error">
      <strong>{title}</strong>
      <p>{detail ?? (title === t('notDone') ? t('checkConnection') : '')}</p>
      {mistakes.map(({ path, message }) => (
        <p key={path}>{told(path, message)}</p>
      ))}
      {code === 'unauthenticated' && <SignInBeside />}
      {code === 'reauthentication_required' && <SignInAgain />}
    </div>
  );
}

/** The way to a new sign-in and back to this page; in a tab beside it where something was typed, which stays. */
function SignInAgain() {
  const t = useTexts();
  return (
    <p>
      <a
        href={loginPath(true)}
        onClick={({ currentTarget }) => {
          currentTarget.target = isEdited() ? '_blank' : '';
        }}
      >
        {t('signInAgain')}
      </a>
    </p>
  );
}

/** The sign-in in a tab beside this page, where what was typed stays. */
export function SignInBeside() {
  const t = useTexts();
  return (
    <p>
      <a href={loginPath()} target="_blank">
        {t('signIn')}
      </a>
    </p>
  );
}
