import type { Command } from './command.ts';
import { completion } from './commands/completion.ts';
import { apply } from './commands/apply.ts';
import { appsSecret } from './commands/apps-secret.ts';
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
import { profiles } from './commands/profiles.ts';
import { restore } from './commands/restore.ts';
import { suppressionsLift } from './commands/suppressions-lift.ts';
import { token } from './commands/token.ts';
import { use } from './commands/use.ts';
import { usersList } from './commands/users-list.ts';
import { usersShow } from './commands/users-show.ts';
import { usersUpdate } from './commands/users-update.ts';
import { whoami } from './commands/whoami.ts';

/** All commands, in the order in which a user comes to need them. */
export const commands: readonly Command[] = [
  bootstrap,
  login,
  logout,
  whoami,
  profiles,
  use,
  token,
  plan,
  apply,
  invitesCreate,
  invitesList,
  invitesShow,
  invitesRevoke,
  invitesReissue,
  invitesDelete,
  usersList,
  usersShow,
  usersUpdate,
  suppressionsLift,
  audit,
  appsSecret,
  restore,
  completion,
];
