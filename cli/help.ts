import { commonOptions, type Command } from './command.ts';

const columns = (pairs: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

/** `ID`, `ID...`, `FILE`: how the operands are written. */
const operandsOf = ({ operands }: Command): string =>
  operands ? ` ${operands.name}${operands.most > 1 ? '...' : ''}` : '';

/** What `--help` of a command prints. */
export function helpOf(command: Command): string[] {
  const options = Object.entries({ ...command.options, ...commonOptions });
  return [
    `latchkey ${command.name}${operandsOf(command)} [options]`,
    '',
    command.summary,
    '',
    ...columns(
      options.map(([name, { text, ...option }]) => [
        `--${name}${'value' in option && option.value !== undefined ? ` ${option.value}` : ''}`,
        text,
      ]),
    ),
    ...(command.notes === undefined ? [] : ['', ...command.notes.trim().split('\n')]),
  ];
}

/** What `--help` without a command prints, or of the commands that begin with one word. */
export const overview = (commands: readonly Command[]): string[] => [
  'latchkey COMMAND [options]: the administrator’s command line of Latchkey',
  '',
  ...columns(commands.map((one) => [`${one.name}${operandsOf(one)}`, one.summary])),
  '',
  'Every command takes --json and --help. Data goes to standard output, all else to standard error.',
  'LATCHKEY_URL and LATCHKEY_TOKEN in the environment stand in for a session that "login" keeps.',
  'Exit codes: 0 done, 1 refused or partly failed, 2 wrong usage, 3 not signed in, 4 no answer from the server.',
];
