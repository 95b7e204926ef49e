import type { Command as Parser, HelpConfiguration } from 'commander';

/** The words of a command after `latchkey`, such as `invites create`; empty for the program itself. */
export const nameOf = (parser: Parser): string =>
  parser.parent ? `${nameOf(parser.parent)} ${parser.name()}`.trimStart() : '';

/** The commands below a parser, without the words that only group them. */
export const commandsBelow = (parser: Parser): Parser[] =>
  parser.commands.flatMap((one) => (one.commands.length > 0 ? commandsBelow(one) : one));

/** How commander writes `--help`: every command in one list by its whole name, and values without brackets. */
export const helpConfiguration: HelpConfiguration = {
  showGlobalOptions: true,
  visibleCommands: commandsBelow,
  subcommandTerm: (parser) =>
    [
      nameOf(parser),
      ...parser.registeredArguments.map((one) => `${one.name()}${one.variadic ? '...' : ''}`),
    ].join(' '),
  optionTerm: ({ flags }) => flags.replaceAll(/[[\]]/g, ''),
  optionDescription: ({ description }) => description,
  styleUsage: (usage) => usage.replaceAll(/[<>]/g, ''),
};

/** The end of `latchkey --help`. */
export const epilogue = `
Every command takes --json and --help. Data goes to standard output, all else to standard error.
LATCHKEY_URL and LATCHKEY_TOKEN in the environment stand in for a session that "login" keeps.
Exit codes: 0 done, 1 refused or partly failed, 2 wrong usage, 3 not signed in, 4 no answer from the server.`;
