import { Mistakes } from '#infra/mistakes.ts';

/** The sentences that `act` is refused with; none if it is not. */
export function sentencesOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Mistakes) return error.sentences;
    throw error;
  }
  return [];
}
