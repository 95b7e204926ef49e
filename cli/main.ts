import { findCommand, commands, unknownCommand } from './commands.ts';
import type { Command } from './command.ts';
import { connect } from './server/connect.ts';
import { Ending, exit } from './failures.ts';
import { helpOf, overview } from './help.ts';
import { readOptions } from './options.ts';
import { Output } from './terminal/output.ts';

const out = new Output();

// Who pipes into `head` has read enough.
process.stdout.on('error', () => process.exit(exit.done));

const asLines = (lines: readonly string[]) => ({ json: lines.join('\n'), rows: lines.map((line) => [line]) });

async function run(command: Command, args: readonly string[]): Promise<number> {
  const { options, operands } = readOptions(command, args);
  if (options.flag('help')) {
    out.print(asLines(helpOf(command)), false);
    return exit.done;
  }
  const result = await command.run({ options, operands, out, server: () => connect(process.env, out) });
  out.print(result, options.flag('json'));
  out.say(...(result.said ?? []));
  return result.exit ?? exit.done;
}

async function main(args: readonly string[]): Promise<number> {
  // `--json` and `--help` may stand before the command too.
  const start = args.findIndex((arg) => !arg.startsWith('-'));
  const [before, words] = start < 0 ? [args, []] : [args.slice(0, start), args.slice(start)];
  const found = findCommand(words);
  if (found) return await run(found.command, [...before, ...found.rest]);
  const [first] = words;
  const group = commands.filter(({ name }) => first === undefined || name.startsWith(`${first} `));
  if (args.includes('--help') && group.length > 0) {
    out.print(asLines(overview(group)), false);
    return exit.done;
  }
  if (first !== undefined) throw unknownCommand(words);
  out.say(...overview(commands));
  return exit.usage;
}

/** What the system says: a full disk, a folder that may not be written to. */
const isSystem = (error: unknown): error is Error => error instanceof Error && 'syscall' in error;

/** Tells what went wrong. Nothing that is secret can be in it: passwords and tokens are in no message. */
function tell(error: unknown): number {
  if (error instanceof Ending) {
    out.say(error.message, ...error.lines);
    return error.code;
  }
  if (isSystem(error)) {
    out.say(error.message);
    return exit.refused;
  }
  out.say(
    'This is a mistake in the command itself:',
    error instanceof Error ? (error.stack ?? error.message) : '',
  );
  return exit.refused;
}

process.exitCode = await main(process.argv.slice(2).map((arg) => (arg === '-h' ? '--help' : arg))).catch(
  tell,
);
