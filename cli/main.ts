import { commands } from './commands.ts';
import { exit } from './failures.ts';
import { programOf } from './program.ts';
import { accessOf, type Calling } from './session/access.ts';
import { sayUnwritten, tell } from './tell.ts';
import { Output } from './terminal/output.ts';

const out = new Output();

// Where nothing can be said, what was begun is done all the same.
process.stderr.on('error', () => undefined);
// The write that failed tells it (cli/terminal/standard-output.ts).
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

// Help that is asked for before a command is about that command; commander would take it for the program's.
const args = process.argv.slice(2);
if (args[0] === '--help' || args[0] === '-h') args.push(...args.splice(0, 1));

try {
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = await tell(error, { out, help, asJson: args.includes('--json') });
}
