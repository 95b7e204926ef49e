import { CommanderError } from 'commander';
import { commands } from './commands.ts';
import { Ending, exit } from './failures.ts';
import { programOf } from './program.ts';
import { connect } from './server/connect.ts';
import { Output } from './terminal/output.ts';

const out = new Output();

// Who pipes into `head` has read enough.
process.stdout.on('error', () => process.exit(exit.done));

const program = programOf(commands, async (command, { options, operands, json }) => {
  const context = { options, operands, out, server: () => connect(process.env, out) };
  const result = await command.run(context as never);
  out.print(result, json);
  out.say(...(result.said ?? []));
  process.exitCode = result.exit ?? exit.done;
});

/** What the system says: a full disk, a folder that may not be written to. */
const isSystem = (error: unknown): error is Error => error instanceof Error && 'syscall' in error;

/** Tells what went wrong. Nothing that is secret can be in it: passwords and tokens are in no message. */
function tell(error: unknown): number {
  // Help was printed: asked for, or instead of a command that is missing.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
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

// Help that is asked for before a command is about that command; commander would take it for the program's.
const args = process.argv.slice(2);
if (args[0] === '--help' || args[0] === '-h') args.push(...args.splice(0, 1));

try {
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = tell(error);
}
