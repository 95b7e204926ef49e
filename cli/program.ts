import { Command as Parser, Option as ParserOption } from 'commander';
import type { Command, Option } from './command.ts';
import { commonOptions } from './common-options.ts';
import { wrongUsage } from './failures.ts';
import { epilogue, helpConfiguration } from './help.ts';
import { oneOf } from './option-values.ts';
import { usageMistake } from './usage-mistake.ts';
import { version } from './version.ts';

/** What follows the words of a command on the command line. */
export interface Given {
  /** By the names that the command declares. */
  options: Readonly<Record<string, unknown>>;
  operands: string[];
  json: boolean;
  profile: string | undefined;
}

/** Ids are random and may begin with a hyphen. A space before it keeps commander from taking the id for an option. */
const hideHyphen = (arg: string): string => (/^-[\w-]{21}$/.test(arg) ? ` ${arg}` : arg);
const hiddenHyphen = /^ (?=-)/;

/** The parser of a command that takes ids. */
class IdParser extends Parser {
  override parseOptions(args: string[]) {
    return super.parseOptions(args.map(hideHyphen));
  }
}

function addOption(parser: Parser, name: string, { value, text, choices, read = String }: Option): void {
  const flag = `--${name}`;
  // The value is optional to commander: otherwise it would take the next option for a forgotten value.
  const option = new ParserOption(value === undefined ? flag : `${flag} [${value}]`, text).preset('');
  option.argParser((given: string) => {
    if (parser.getOptionValueSource(option.attributeName()) === 'cli')
      throw wrongUsage(`${flag} stands there twice.`);
    if (value === undefined) return true;
    if (given === '' || hiddenHyphen.test(given)) throw wrongUsage(`${flag} wants ${value}: ${text}.`);
    return choices ? oneOf(choices, given, flag) : read(given, flag);
  });
  parser.addOption(option);
}

/** Values of options by their declared names. Commander has `send` for `no-send`. */
const readOptions = (parser: Parser): Record<string, unknown> =>
  Object.fromEntries(
    parser.options.map((option) => {
      const key = option.attributeName();
      const isGiven = parser.getOptionValueSource(key) === 'cli';
      return [option.name(), option.optional ? parser.getOptionValue(key) : isGiven];
    }),
  );

/** Receives the text for standard output that was asked for: help, or the version. */
type Write = (text: string) => void;

/** Sets what the program and all commands have in common. An error names the command that it is about. */
const configured = (parser: Parser, write: Write): Parser =>
  parser
    .helpOption('-h, --help', commonOptions.help.text)
    .helpCommand(false)
    .configureHelp(helpConfiguration)
    .configureOutput({ outputError: () => undefined, writeOut: write })
    .showSuggestionAfterError(false)
    .exitOverride((error) => {
      throw usageMistake(error, parser);
    });

function commandParser(
  { name, summary, operands = '', options, notes }: Omit<Command, 'run'>,
  write: Write,
): Parser {
  const word = name.split(' ').at(-1);
  const parser = configured(operands.includes('ID') ? new IdParser(word) : new Parser(word), write);
  parser.description(summary);
  if (operands !== '') parser.arguments(operands);
  for (const [option, declared] of Object.entries(options)) addOption(parser, option, declared);
  return notes === undefined ? parser : parser.addHelpText('after', `\n${notes.trim()}`);
}

/** The program of some commands. `act` runs the one that the command line names. */
export function programOf<One extends Omit<Command, 'run'>>(
  commands: readonly One[],
  act: (command: One, given: Given) => Promise<void> | void,
  write: Write = (text) => process.stdout.write(text),
): Parser {
  const program = configured(new Parser('latchkey'), write)
    .description('The administrator’s command line of Latchkey.')
    .usage('COMMAND [options]')
    .version(`latchkey ${version()}`, '-v, --version', 'the version of this command')
    .addHelpText('after', epilogue);
  addOption(program, 'profile', commonOptions.profile);
  addOption(program, 'json', commonOptions.json);
  for (const command of commands) {
    const parser = commandParser(command, write);
    parser.action(() =>
      act(command, {
        options: readOptions(parser),
        operands: parser.args.map((arg) => arg.replace(hiddenHyphen, '')),
        json: program.getOptionValue('json') === true,
        profile: program.getOptionValue('profile') as string | undefined,
      }),
    );
    const [first = '', second] = command.name.split(' ');
    const known = program.commands.find((one) => one.name() === first);
    const parent = second === undefined ? program : (known ?? configured(new Parser(first), write));
    if (second !== undefined && !known) program.addCommand(parent);
    parent.addCommand(parser);
  }
  return program;
}
