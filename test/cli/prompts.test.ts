import { beforeAll, expect, test } from 'vitest';
import { bootstrap, password, register, somebody, tokenOf } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { folder } from './latchkey.ts';
import { hasTerminals, launched, openTerminal } from './terminal.ts';

const stack = useStack();
const admin = somebody('boss');
beforeAll(async () => {
  await register(stack(), tokenOf(await bootstrap(stack())), admin);
});

const ctrlC = '\u0003';
const ctrlZ = '\u001a';
const ctrlBackslash = '\u001c';

test.skipIf(!hasTerminals)(
  'C114: Ctrl-Z at a prompt gives the terminal back, and fg goes on without showing a password',
  async () => {
    const { type, shows, shown } = openTerminal({ XDG_CONFIG_HOME: folder() });
    await shows('shell> ');
    type(`${launched} login --url ${stack().app}\n`);
    await shows('Name or email: ');
    type(ctrlZ);
    await shows('Stopped');
    // The shell echoes and edits lines again.
    await shows('shell> ');
    type('stty -a | tr ";" "\\n" | grep -o -w -e "-*echo" -e "-*icanon" | tr "\\n" "+"; echo\n');
    await shows('icanon+echo+');
    type('fg\n');
    await shows('Name or email: ');
    type(`${admin.username}\r`);
    await shows('Password: ');
    type(password.slice(0, 5));
    type(ctrlZ);
    await shows('Stopped');
    await shows('shell> ');
    type('fg\n');
    await shows('Password: ');
    type(`${password.slice(5)}\r`);
    await shows(`as ${admin.username}.`);
    await shows('shell> ');
    expect(shown()).not.toContain(password.slice(0, 5));
    expect(shown()).not.toContain(password.slice(5));
  },
);

test.skipIf(!hasTerminals)(
  'C114: Ctrl-C at a prompt ends the command and gives the terminal back',
  async () => {
    const { type, shows } = openTerminal({ XDG_CONFIG_HOME: folder() });
    await shows('shell> ');
    type(`${launched} login --url ${stack().app} 2>/dev/null; echo "code $?"\n`);
    // The prompt appears on the terminal, wherever standard error goes.
    await shows('Name or email: ');
    type(`${admin.username}\r`);
    await shows('Password: ');
    type(ctrlC);
    await shows('code 130');
    await shows('shell> ');
    type('stty -a | tr ";" "\\n" | grep -o -w -e "-*echo" -e "-*icanon" | tr "\\n" "+"; echo\n');
    await shows('icanon+echo+');
  },
);

test.skipIf(!hasTerminals)('C114: Ctrl-\\ at a prompt quits the command, as everywhere', async () => {
  const { type, shows } = openTerminal({ XDG_CONFIG_HOME: folder() });
  await shows('shell> ');
  type(`ulimit -c 0; ${launched} login --url ${stack().app}; echo "code $?"\n`);
  await shows('Name or email: ');
  type(`${admin.username}\r`);
  await shows('Password: ');
  type(ctrlBackslash);
  await shows('code 131');
  await shows('shell> ');
  type('stty -a | tr ";" "\\n" | grep -o -w -e "-*echo" -e "-*icanon" | tr "\\n" "+"; echo\n');
  await shows('icanon+echo+');
});
