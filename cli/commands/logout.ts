import { command } from '../command.ts';
import { CommandError, exit } from '../failures.ts';
import { accessOf, openProfiles, type Access, type Calling } from '../session/access.ts';
import { endSession } from '../session/end-session.ts';
import { BrokenProfile, type Profiles } from '../session/profiles.ts';

/** The session to end; undefined if the user is not signed in. A profile that holds no session is removed. */
async function accessIfAny(calling: Calling, profiles: Profiles): Promise<Access | undefined> {
  try {
    return await accessOf(calling);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== exit.signedOut) throw error;
    calling.out.say(error.message);
    if (error instanceof BrokenProfile) await profiles.forget(error.profile);
    return undefined;
  }
}

export const logout = command({
  name: 'logout',
  summary: 'Ends the session that commands use, on its server and here.',
  options: {},
  notes: `
That is the one of LATCHKEY_URL and LATCHKEY_TOKEN where they are set, else the current profile, or the one that
--profile names.`,
  async run({ out, calling }) {
    const profiles = await openProfiles(calling);
    const access = await accessIfAny(calling, profiles);
    if (!access) return { json: { signedOut: false }, rows: [] };
    const { server, profile } = access;
    const { url } = server;
    try {
      await endSession(server);
    } catch (error) {
      if (error instanceof CommandError && profile) {
        error.lines = [
          ...error.lines,
          `Try again later; removing ${profiles.pathOf(profile.name)} forgets the session here only.`,
        ];
      }
      throw error;
    }
    if (profile) await profiles.forget(profile.name);
    out.say(`Signed out of ${url}.`);
    if (!profile) out.say('LATCHKEY_TOKEN is of no use any more: unset it.');
    return { json: { signedOut: true, url, profile: profile?.name ?? null }, rows: [] };
  },
});
