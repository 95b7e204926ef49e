import { CommandError, exit, signedOut, wrongUsage } from '../failures.ts';
import { originOf, serverAt } from '../server/connect.ts';
import type { Server } from '../server/server.ts';
import type { Output } from '../terminal/output.ts';
import { Profiles, type Profile } from './profiles.ts';
import { tokenIn } from './token.ts';

/** The server that a command calls, and the session that it uses. */
export interface Access {
  server: Server;
  /** The kept session; undefined if the environment has the token. */
  profile: Profile | undefined;
}

/** How a command was called. */
export interface Calling {
  env: NodeJS.ProcessEnv;
  out: Output;
  /** The profile that the command line names. */
  named: string | undefined;
}

export const openProfiles = ({ env, out }: Calling): Promise<Profiles> =>
  Profiles.open(env, (line) => out.say(line));

/** The address that LATCHKEY_URL names, if any. */
export const urlIn = ({ env }: Calling): string | undefined =>
  env['LATCHKEY_URL'] ? originOf(env['LATCHKEY_URL'], 'LATCHKEY_URL') : undefined;

/** The kept session to use: by name, by LATCHKEY_URL, or the current one. */
async function chosenProfile(calling: Calling, profiles: Profiles): Promise<Profile> {
  const name = calling.named ?? (calling.env['LATCHKEY_PROFILE'] || undefined);
  if (name !== undefined) {
    const profile = await profiles.read(name);
    if (profile) return profile;
    throw signedOut(`There is no profile ${name}.`, `latchkey login --profile ${name}`);
  }
  const url = urlIn(calling);
  if (url !== undefined) {
    const profile = await profiles.ofServer(url);
    if (profile) return profile;
    throw signedOut(`Nobody is signed in to ${url}.`, `latchkey login --url ${url}`);
  }
  const current = await profiles.current();
  const profile = current === undefined ? undefined : await profiles.read(current);
  if (profile) return profile;
  const others = await profiles.all();
  const [first] = others;
  if (!first) throw signedOut('Nobody is signed in.');
  throw new CommandError(exit.signedOut, 'No profile is in use.', [
    `Choose one with: latchkey use ${first.name}`,
    'latchkey profiles lists them.',
  ]);
}

/**
 * The server that the user is signed in to. The command line wins over the environment. The environment's token wins over what
 * `login` keeps.
 */
export async function accessOf(calling: Calling): Promise<Access> {
  const { env, out, named } = calling;
  const token = named === undefined ? env['LATCHKEY_TOKEN'] : undefined;
  if (token) {
    const url = urlIn(calling);
    if (!url) throw wrongUsage('LATCHKEY_TOKEN wants LATCHKEY_URL beside it: a token is for one server.');
    const wayIn =
      'LATCHKEY_TOKEN has ended. Put another in its place, or unset it and sign in with: latchkey login';
    return { server: serverAt(env, out, url, { token: tokenIn(token), wayIn }), profile: undefined };
  }
  const profile = await chosenProfile(calling, await openProfiles(calling));
  const wayIn = `Sign in with: latchkey login --profile ${profile.name}`;
  return { server: serverAt(env, out, profile.url, { token: profile.token, wayIn }), profile };
}
