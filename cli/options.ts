import { parseArgs } from 'node:util';
import { commonOptions, type Command, type CommonOption, type Operands, type Option } from './command.ts';
import { wrongUsage } from './failures.ts';
import { suggestion } from './suggestion.ts';

/** What the command line says, read by the names that the command declares. */
export class Options<Name extends string> {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** Whether the flag stands there. */
  flag(name: Name | CommonOption): boolean {
    return this.#values.has(name);
  }

  text(name: Name): string | undefined {
    return this.#values.get(name);
  }

  /** A whole number. */
  whole(name: Name, least: number, most: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw wrongUsage(`--${name} wants a whole number from ${least} to ${most}, not ${text}.`);
  }

  /** One of a few words. */
  choice<Choice extends string>(name: Name, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw wrongUsage(
      `--${name} wants one of ${choices.join(', ')}, not ${text}.${suggestion(text, choices)}`,
    );
  }
}

const none: Operands = { name: '', least: 0, most: 0 };

/** Ids are random and may begin with a hyphen, which is no option then: a space before it says so to the parser. */
const shield = (arg: string): string => (/^-[\w-]{21}$/.test(arg) ? ` ${arg}` : arg);
const unshield = (arg: string): string => arg.replace(/^ (?=-)/, '');

/** Reads the words after the command's name. What cannot be understood ends the command with one line. */
export function readOptions<Name extends string>(
  { name: command, options, operands = none }: Omit<Command<Name>, 'run'>,
  args: readonly string[],
): { options: Options<Name>; operands: string[] } {
  const known = new Map<string, Option>(Object.entries({ ...options, ...commonOptions }));
  const names = [...known.keys()];
  const { tokens, positionals } = parseArgs({
    args: operands.name === 'ID' ? args.map(shield) : [...args],
    options: Object.fromEntries(
      [...known].map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = known.get(name);
    if (!option || rawName !== `--${name}`) {
      throw wrongUsage(
        `${command} has no option ${rawName}.${suggestion(
          `--${name}`,
          names.map((one) => `--${one}`),
        )}`,
      );
    }
    if (option.value === undefined && inlineValue) throw wrongUsage(`${rawName} takes no value.`);
    if (
      option.value !== undefined &&
      (value === undefined || value === '' || (!inlineValue && /^ ?-./.test(value)))
    ) {
      throw wrongUsage(`${rawName} wants ${option.value}: ${option.text}.`);
    }
    if (values.has(name)) throw wrongUsage(`${rawName} stands there twice.`);
    values.set(name, value ?? '');
  }
  const given = positionals.map(unshield);
  if (!values.has('help')) {
    if (given.length < operands.least) throw wrongUsage(`${command} wants ${operands.name}.`);
    const [surplus] = given.slice(operands.most);
    if (surplus !== undefined) throw wrongUsage(`${command} does not know what to do with ${surplus}.`);
  }
  return { options: new Options(values), operands: given };
}
