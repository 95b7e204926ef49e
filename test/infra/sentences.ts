import { Mistakes } from '#infra/mistakes.ts';

/** The sentences of the refusal that `act` throws; none if it throws none. */
export function sentencesOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Mistakes) return error.sentences;
    throw error;
  }
  return [];
}
