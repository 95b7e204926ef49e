import { commands } from './commands.ts';
import { exit } from './failures.ts';
import { programOf } from './program.ts';
import { accessOf, type Calling } from './session/access.ts';
import { sayUnwritten, tell } from './tell.ts';
import { Output } from './terminal/output.ts';

const out = new Output();

// If standard error cannot be written, the command still does its work.
process.stderr.on('error', () => undefined);
// The write that failed reports this (cli/terminal/standard-output.ts).
process.stdout.on('error', () => undefined);

let help = '';
const program = programOf(
  commands,
  async (command, { options, operands, json, profile }) => {
    const calling: Calling = { env: process.env, out, named: profile };
    const server = async () => (await accessOf(calling)).server;
    const result = await command.run({ options, operands, out, calling, commands, server } as never);
    const reason = await out.print(result, json);
    if (reason !== undefined) sayUnwritten(out, reason, result.done);
    out.say(...(result.said ?? []));
    process.exitCode = result.exit || (reason === undefined ? exit.done : exit.usage);
  },
  (text) => (help += text),
);

// `--help COMMAND` asks for the help of that command. Commander would show the program's.
const args = process.argv.slice(2);
if (args[0] === '--help' || args[0] === '-h') args.push(...args.splice(0, 1));

try {
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = await tell(error, { out, help, asJson: args.includes('--json') });
}
