import type { CommanderError, Command as Parser } from 'commander';
import { wrongUsage } from './failures.ts';
import { commandsBelow, nameOf } from './help.ts';
import { suggestion } from './suggestion.ts';

/** The options that a command takes, with those of the program. */
const flagsOf = (parser: Parser): string[] => [
  ...parser.options.flatMap(({ long }) => long ?? []),
  ...(parser.parent ? flagsOf(parser.parent) : ['--help']),
];

function unknownOption(parser: Parser, word: string): Error {
  const flags = flagsOf(parser);
  const [flag = ''] = word.split('=');
  if (flags.includes(flag)) return wrongUsage(`${flag} takes no value.`);
  // Without its value, which may be a password.
  return wrongUsage(`${nameOf(parser) || 'latchkey'} has no option ${flag}.${suggestion(flag, flags)}`);
}

function unknownCommand(parser: Parser, word: string): Error {
  const name = `${nameOf(parser)} ${word}`.trimStart();
  const known = commandsBelow(parser).map(nameOf);
  return wrongUsage(`There is no command ${name}.${suggestion(name, known)}`, [
    'latchkey --help lists them.',
  ]);
}

/** Tokens of every kind are at least this long. A word that a person mistypes is shorter. */
const tokenLength = 32;

/**
 * The error about a word too many. The word is not repeated if the command asks for a password or if the word is as long as a
 * token: it may be a secret.
 */
function surplus(parser: Parser): Error {
  const [word = ''] = parser.args.slice(parser.registeredArguments.length);
  const asksForPassword = parser.options.some(({ long }) => long === '--password');
  if (!asksForPassword && word.length < tokenLength)
    return wrongUsage(`${nameOf(parser)} does not know what to do with ${word.trim()}.`);
  return wrongUsage(
    `${nameOf(parser)} was given a word too many, which is not repeated: it may be a secret.`,
  );
}

/** The mistake that commander found, in one line that names the whole command and the nearest known word. */
export function usageMistake(error: CommanderError, parser: Parser): Error {
  // Commander quotes the word that the error is about.
  const [, word = ''] = /'(.*)'/s.exec(error.message) ?? [];
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownCommand(parser, word);
    case 'commander.unknownOption':
      return unknownOption(parser, word);
    case 'commander.missingArgument':
      return wrongUsage(`${nameOf(parser)} wants ${word}.`);
    case 'commander.excessArguments':
      return surplus(parser);
    default:
      return error;
  }
}
