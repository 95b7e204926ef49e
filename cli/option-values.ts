import { wrongUsage } from './failures.ts';
import { suggestion } from './suggestion.ts';

/** Reads a whole number. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string, flag: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw wrongUsage(`${flag} wants a whole number from ${least} to ${most}, not ${text}.`);
  };

/** The text, if it is one of the choices. @throws CommandError `usage` if it is not. */
export function oneOf<Choice extends string>(choices: readonly Choice[], text: string, flag: string): Choice {
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw wrongUsage(`${flag} wants one of ${choices.join(', ')}, not ${text}.${suggestion(text, choices)}`);
}
