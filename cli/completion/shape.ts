import type { Command, Option } from '../command.ts';
import { commonOptions } from '../common-options.ts';

/** What a shell can offer in a place: words, files, names of profiles, or nothing. */
export type Offer = readonly string[] | 'files' | 'profiles' | 'nothing';

export interface Flag {
  flag: string;
  text: string;
  /** The name of its value; undefined if the flag takes none. */
  value?: string | undefined;
  offer: Offer;
}

/** A command as shells complete it. */
export interface Shape {
  /** The command's words, such as `invites list`. */
  name: string;
  summary: string;
  flags: readonly Flag[];
  operands: Offer;
}

/** Shells for which there is a completion. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** What to offer for a value or an operand, decided by its name in the help. */
function offerOf(called: string | undefined, choices?: readonly string[]): Offer {
  if (choices) return choices;
  if (called?.includes('SHELL')) return shells;
  if (called?.includes('FILE')) return 'files';
  return called?.includes('NAME') ? 'profiles' : 'nothing';
}

const flagOf = ([name, { text, value, choices }]: [string, Option]): Flag => ({
  flag: `--${name}`,
  text,
  value,
  offer: offerOf(name === 'profile' || value === 'FILE' ? value : undefined, choices),
});

export const commonFlags: readonly Flag[] = Object.entries<Option>(commonOptions).map(flagOf);

export const shapeOf = ({ name, summary, options, operands }: Omit<Command, 'run'>): Shape => ({
  name,
  summary,
  flags: [...Object.entries(options).map(flagOf), ...commonFlags],
  operands: offerOf(operands),
});

/** Words that group commands, such as `invites`, each with its commands. */
export function groupsOf(shapes: readonly Shape[]): Map<string, Shape[]> {
  const groups = new Map<string, Shape[]>();
  for (const shape of shapes) {
    const [first = '', second] = shape.name.split(' ');
    if (second !== undefined) groups.set(first, [...(groups.get(first) ?? []), shape]);
  }
  return groups;
}

/** The words with which a command line can begin, each with its description. */
export const firstWords = (shapes: readonly Shape[]): [word: string, text: string][] => {
  const groups = groupsOf(shapes);
  return [
    ...shapes
      .filter(({ name }) => !name.includes(' '))
      .map(({ name, summary }): [string, string] => [name, summary]),
    ...[...groups].map(([word, some]): [string, string] => [
      word,
      some.map(({ name }) => name.split(' ')[1]).join(', '),
    ]),
  ];
};

/** The folder of the profiles, as a shell expression. */
export const profilesFolder = '"${XDG_CONFIG_HOME:-$HOME/.config}/latchkey/profiles"';
