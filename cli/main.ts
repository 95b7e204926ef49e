import { CommanderError } from 'commander';
import { commands } from './commands.ts';
import { Ending, exit } from './failures.ts';
import { isSystemError } from './files/system-error.ts';
import { programOf } from './program.ts';
import { connect } from './server/connect.ts';
import { Output } from './terminal/output.ts';

const out = new Output();

// Where nothing can be said, what was begun is done all the same.
process.stderr.on('error', () => undefined);
// The write that failed tells it (cli/terminal/standard-output.ts).
process.stdout.on('error', () => undefined);

/** Tells that data could not be written, and what was done nevertheless. */
const sayUnwritten = (reason: string, done: readonly string[] = []): void =>
  out.say(`Standard output cannot be written: ${reason}.`, ...done);

let help = '';
const program = programOf(
  commands,
  async (command, { options, operands, json }) => {
    const context = { options, operands, out, server: () => connect(process.env, out) };
    const result = await command.run(context as never);
    const reason = await out.print(result, json);
    if (reason !== undefined) sayUnwritten(reason, result.done);
    out.say(...(result.said ?? []));
    process.exitCode = result.exit || (reason === undefined ? exit.done : exit.usage);
  },
  (text) => (help += text),
);

/** Tells what went wrong. Nothing that is secret can be in it: passwords and tokens are in no message. */
async function tell(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    // Commander ends like this when it has help to show: asked for, or instead of a command that is missing.
    const reason = help === '' ? undefined : await out.write(help);
    if (reason !== undefined) sayUnwritten(reason);
    return error.exitCode === 0 && reason === undefined ? exit.done : exit.usage;
  }
  if (error instanceof Ending) {
    out.say(error.message, ...error.lines);
    return error.code;
  }
  if (isSystemError(error)) {
    out.say(error.message);
    return exit.usage;
  }
  out.say(
    'This is a mistake in the command itself:',
    error instanceof Error ? (error.stack ?? error.message) : '',
  );
  return exit.refused;
}

// Help that is asked for before a command is about that command; commander would take it for the program's.
const args = process.argv.slice(2);
if (args[0] === '--help' || args[0] === '-h') args.push(...args.splice(0, 1));

try {
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = await tell(error);
}
