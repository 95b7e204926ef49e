import { openerOf } from '../browser/open.ts';
import { signInByBrowser } from '../browser/sign-in.ts';
import { command } from '../command.ts';
import { CommandError } from '../failures.ts';
import { localUrl, originOf, serverAt } from '../server/connect.ts';
import { openProfiles, urlIn, type Calling } from '../session/access.ts';
import { endSession } from '../session/end-session.ts';
import { signInByPassword } from '../session/password-sign-in.ts';
import { sessionLost } from '../session/signed-in.ts';
import { interruption } from '../terminal/interruption.ts';
import { BrokenProfile, type Profile, type Profiles } from '../session/profiles.ts';

/**
 * The session that is kept under a name. A broken file counts as none if the server is known from elsewhere (`hasUrl`): the new
 * session replaces the file.
 */
async function keptAs(name: string, profiles: Profiles, hasUrl: boolean): Promise<Profile | undefined> {
  try {
    return await profiles.read(name);
  } catch (error) {
    if (hasUrl && error instanceof BrokenProfile) return undefined;
    throw error;
  }
}

/** Where to sign in, the name under which the session is kept, and the session that was kept under it. */
async function targetOf(calling: Calling, profiles: Profiles, wanted: string | undefined) {
  const name = calling.named ?? (calling.env['LATCHKEY_PROFILE'] || undefined);
  const told = wanted === undefined ? undefined : originOf(wanted, '--url');
  const hasUrl = told !== undefined || Boolean(calling.env['LATCHKEY_URL']);
  const named = name === undefined ? undefined : await keptAs(name, profiles, hasUrl);
  const current = await profiles.current();
  const url =
    told ??
    named?.url ??
    urlIn(calling) ??
    (current === undefined ? undefined : (await profiles.read(current))?.url) ??
    localUrl;
  if (name !== undefined) return { url, name, before: named };
  const before = await profiles.ofServer(url);
  return { url, name: before?.name ?? (await profiles.freeName(url)), before };
}

/** Ends a session whose token is about to be lost. A failure is only reported. */
async function endLeft(
  { env, out }: Calling,
  { url, token }: Pick<Profile, 'url' | 'token'>,
  which: string,
): Promise<void> {
  await endSession(serverAt(env, out, url, { token })).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    out.say(`${which} could not be ended: ${error.message}`, ...error.lines);
    out.say(`It can be ended under My account, at ${url}/account.`);
  });
}

export const login = command({
  name: 'login',
  summary: 'Signs in and keeps the session for the commands that follow.',
  options: {
    url: { value: 'URL', text: 'the server, such as https://join.example.com' },
    password: { text: 'ask for name and password here, and not in the browser' },
  },
  notes: `
Signs in in the browser, which BROWSER names or the desktop has. Without one (by SSH), and with --password, it asks
for name (or email) and password here. Where standard input is no terminal, it has them, one a line:
  printf '%s\\n' "$NAME" "$PASSWORD" | latchkey login --url https://join.example.com
Without --url it is LATCHKEY_URL, else the server of the last session, else ${localUrl}, where "npm start" serves.
Each server has a profile of its own, which --profile names; a second account there takes another. A session that was
kept under the same name ends. Sessions are kept in ~/.config/latchkey (or below XDG_CONFIG_HOME), readable by you alone.`,
  async run({ options, out, calling }) {
    const { env } = calling;
    const profiles = await openProfiles(calling);
    const { url, name, before } = await targetOf(calling, profiles, options.url);
    await profiles.makeReady();
    let stop: AbortSignal | undefined;
    const signingIn = {
      ...calling,
      url,
      /** From here on a session may be open on the server. A signal must not leave it open. */
      onAsking: () => void (stop = interruption(out, () => [sessionLost(url)])),
    };
    const opener = process.stdin.isTTY && !options.password ? openerOf(env) : undefined;
    const signedIn = opener ? signInByBrowser(signingIn, opener) : signInByPassword(signingIn);
    const { token, expiresAt, username, role } = await signedIn;
    try {
      stop?.throwIfAborted();
      await profiles.keep({ name, url, token, username, expiresAt });
    } catch (error) {
      // The session would stay open although its token is kept nowhere.
      await endLeft(calling, { url, token }, 'The session that could not be kept');
      throw error;
    }
    if (before) await endLeft(calling, before, 'The session before this one');
    await profiles.use(name);
    out.say(`Signed in to ${url} as ${username}. The session is kept in ${profiles.pathOf(name)}.`);
    if (role !== 'admin') out.say(`${username} is no administrator: most commands will be refused.`);
    if (env['LATCHKEY_TOKEN']) out.say('LATCHKEY_TOKEN is set and goes before it: unset it.');
    return { json: { url, profile: name, username, role, expiresAt }, rows: [] };
  },
});
