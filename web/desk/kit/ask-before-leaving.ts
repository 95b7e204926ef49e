import { useEffect } from 'preact/hooks';
import { leavesUnasked } from '../../browser/leave-unasked.ts';

/**
 * While much is typed or under way, the browser asks before the user leaves the page. It does not ask when a form sends the user
 * away: the language switch asks by itself, and a user who signs out means it.
 */
export function useAskBeforeLeaving(isAtRisk: boolean): void {
  useEffect(() => {
    if (!isAtRisk) return undefined;
    let isSent = false;
    const note = ({ defaultPrevented }: SubmitEvent) => {
      isSent = !defaultPrevented;
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (!isSent && !leavesUnasked()) event.preventDefault();
    };
    addEventListener('submit', note);
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('submit', note);
      removeEventListener('beforeunload', ask);
    };
  }, [isAtRisk]);
}
