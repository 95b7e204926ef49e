import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import { loginPath, Unanswered } from '../../browser/api.ts';
import { isEdited } from '../../browser/is-edited.ts';
import { useTexts } from './texts.ts';
import { told } from './told.ts';

type Said = { text?: string; problem?: unknown };

/** The result of the last act in a part of the page. */
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
    // Each act clears this as it begins. What is here at its end comes from another act that ran beside it.
    say: (text) => setSaid((before) => ({ ...before, text })),
    fail: (problem) => setSaid((before) => ({ ...before, problem })),
    clear: () => setSaid(undefined),
  };
}

/** A lost answer in the words of the act (C115): that it may have been done, and how to see. */
export const inCaseLost = (problem: unknown, ifLost: string | undefined): unknown =>
  problem instanceof Unanswered && ifLost ? { title: problem.title, detail: ifLost } : problem;

/** A problem whose detail also says how much was done before it. */
export const withCount = ({ title, detail, ...problem }: Partial<Problem>, count: string) => ({
  ...problem,
  title,
  detail: [detail, count].filter(Boolean).join(' '),
});

/**
 * For an element that reports an act. If the act removed the element with the focus, such as its button, the report takes the
 * focus, so that the keyboard does not start at the top of the page.
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
    // A reload after the act may remove the button later.
    const changes = new MutationObserver(keep);
    changes.observe(document.body, { childList: true, subtree: true });
    return () => changes.disconnect();
  }, [isSaid]);
  return place;
}

/** Whether an element was removed or is folded away. */
const isGone = (element: Element | null): boolean =>
  !element?.isConnected || element.closest('details:not([open]) > :not(summary)') !== null;

/** Shows the result beside its cause, and announces it to screen readers. */
export function OutcomeNotice({ of: { said } }: { of: Outcome }) {
  const notice = usePlaceKept(said !== undefined);
  return (
    <div role="status" class="outcome" ref={notice} tabIndex={-1}>
      {said && 'problem' in said && <ProblemNotice problem={said.problem} />}
      {said?.text !== undefined && <p class="notice good">{said.text}</p>}
    </div>
  );
}

/** @param unplaced the mistakes that no field shows. If absent, all mistakes of the problem are shown. */
export function ProblemNotice({ problem, unplaced }: { problem: unknown; unplaced?: Problem['errors'] }) {
  const t = useTexts();
  const { code, title = t('notDone'), detail, errors = [] } = (problem ?? {}) as Partial<Problem>;
  const mistakes = unplaced ?? errors;
  return (
    <div class="notice error">
      <strong>{title}</strong>
      <p>{detail ?? (title === t('notDone') ? t('checkConnection') : '')}</p>
      <Mistakes of={mistakes} />
      {code === 'unauthenticated' && <SignInBeside />}
      {code === 'reauthentication_required' && <SignInAgain />}
    </div>
  );
}

/** The mistakes of a problem, each with the name of its field. */
export const Mistakes = ({ of: mistakes = [] }: { of: Problem['errors'] }) => (
  <>
    {mistakes.map(({ path, message }) => (
      <p key={path}>{told(path, message)}</p>
    ))}
  </>
);

/** A link to a new sign-in that leads back to this page. It opens beside this page if something was typed here, so that the text stays. */
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

/** A link to the sign-in in another tab, so that text typed on this page stays. */
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
