import type { Command } from './command.ts';
import { apply } from './commands/apply.ts';
import { audit } from './commands/audit.ts';
import { bootstrap } from './commands/bootstrap.ts';
import { invitesCreate } from './commands/invites-create.ts';
import { invitesDelete } from './commands/invites-delete.ts';
import { invitesList } from './commands/invites-list.ts';
import { invitesReissue } from './commands/invites-reissue.ts';
import { invitesRevoke } from './commands/invites-revoke.ts';
import { invitesShow } from './commands/invites-show.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { plan } from './commands/plan.ts';
import { usersList } from './commands/users-list.ts';
import { usersUpdate } from './commands/users-update.ts';
import { wrongUsage } from './failures.ts';
import { suggestion } from './suggestion.ts';

/** All commands, in the order in which one meets them. */
export const commands: readonly Command[] = [
  bootstrap,
  login,
  logout,
  plan,
  apply,
  invitesCreate,
  invitesList,
  invitesShow,
  invitesRevoke,
  invitesReissue,
  invitesDelete,
  usersList,
  usersUpdate,
  audit,
];

/** The command that the arguments begin with, and the arguments after it; undefined where there is none. */
export function findCommand(args: readonly string[]): { command: Command; rest: string[] } | undefined {
  for (const command of commands) {
    const words = command.name.split(' ');
    if (words.every((word, at) => args[at] === word)) return { command, rest: args.slice(words.length) };
  }
  return undefined;
}

/** Says that there is no such command, and which one was probably meant. */
export function unknownCommand([first = '', second = '']: readonly string[]): Error {
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  const given = group.length > 0 ? `${first} ${second}`.trim() : first;
  const known = (group.length > 0 ? group : commands).map(({ name }) => name);
  return wrongUsage(`There is no command ${given}.${suggestion(given, known)}`, [
    'latchkey --help lists them.',
  ]);
}
