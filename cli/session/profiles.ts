import { readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { CommandError, exit, wrongUsage } from '../failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { readIfThere } from '../files/read-file.ts';
import { replaceFile } from '../files/replace-file.ts';
import { readPrivate } from './read-private.ts';
import { isToken } from './token.ts';

const schema = z.object({
  url: z.string(),
  token: z.string().check(z.refine(isToken)),
  username: z.optional(z.string()),
  expiresAt: z.string(),
});

/** A session that `login` keeps: its name, its server and its token. */
export type Profile = z.output<typeof schema> & { name: string };

function parse(text: string) {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The file of a profile holds no session. */
export class BrokenProfile extends CommandError {
  override readonly name = 'BrokenProfile';
  readonly profile: string;

  constructor(profile: string, path: string) {
    super(exit.signedOut, `${path} is not what "latchkey login" keeps there.`, [
      `Sign in with: latchkey login --profile ${profile} --url URL`,
    ]);
    this.profile = profile;
  }
}

const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);

/** The name of a profile that was given no name, made from its server's address. */
const nameOfServer = (url: string): string =>
  new URL(url).host
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60);

/** The sessions that `login` keeps. Each has its own file, so that two logins at once do not overwrite each other's. */
export class Profiles {
  readonly #folder: string;
  readonly #say: (line: string) => void;

  private constructor(env: NodeJS.ProcessEnv, say: (line: string) => void) {
    this.#folder = join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'latchkey');
    this.#say = say;
  }

  /** Opens the profiles below `~/.config/latchkey`, or below XDG_CONFIG_HOME. */
  static async open(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<Profiles> {
    const profiles = new Profiles(env, say);
    await profiles.#adoptOldFile();
    return profiles;
  }

  /** The path of a profile's file. */
  pathOf(name: string): string {
    if (!isName(name)) {
      throw wrongUsage('A profile is called by letters, digits, dots, hyphens and underscores, 64 at most.');
    }
    return join(this.#folder, 'profiles', `${name}.json`);
  }

  /** The file that names the profile for commands that are told no other. */
  get #current(): string {
    return join(this.#folder, 'profile');
  }

  /** The profile of a name; undefined if there is none. */
  async read(name: string): Promise<Profile | undefined> {
    const path = this.pathOf(name);
    const text = await readPrivate(path, this.#say);
    if (text === undefined) return undefined;
    const session = parse(text);
    if (session) return { name, ...session };
    throw new BrokenProfile(name, path);
  }

  /** All profiles that can be read, by name. */
  async all(): Promise<Profile[]> {
    const files = await readdir(join(this.#folder, 'profiles')).catch(() => []);
    const names = files.flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []).toSorted();
    const read = names.map((name) =>
      this.read(name).catch((error: Error) => {
        this.#say(error.message);
        return undefined;
      }),
    );
    return (await Promise.all(read)).filter((profile) => profile !== undefined);
  }

  async current(): Promise<string | undefined> {
    const name = (await readIfThere(this.#current))?.trim() ?? '';
    if (isName(name)) return name;
    if (name !== '') this.#say(`${this.#current} names no profile.`);
    return undefined;
  }

  use(name: string): Promise<void> {
    return replaceFile(this.#current, `${name}\n`);
  }

  /** The profile of a server. If there are several, the current one. */
  async ofServer(url: string): Promise<Profile | undefined> {
    const found = (await this.all()).filter((profile) => profile.url === url);
    const current = await this.current();
    return found.find(({ name }) => name === current) ?? found[0];
  }

  /** A name for a server's profile that is not taken yet. */
  async freeName(url: string): Promise<string> {
    const taken = new Set((await this.all()).map(({ name }) => name));
    const name = nameOfServer(url);
    for (let count = 2; ; count += 1) {
      const free = [name, `${name}-${count}`].find((one) => !taken.has(one));
      if (free !== undefined) return free;
    }
  }

  /** Makes the folder for sessions. This comes before the sign-in, so that a failure here does not cost a session. */
  makeReady(): Promise<void> {
    return makeFolder(join(this.#folder, 'profiles'));
  }

  /** Saves a session so that only its owner can read it. */
  async keep({ name, ...session }: Profile): Promise<void> {
    await replaceFile(this.pathOf(name), `${JSON.stringify(session)}\n`);
  }

  /** Removes a session. If it was the current one, no session is current afterwards. */
  async forget(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
    if ((await this.current()) === name) await rm(this.#current, { force: true });
  }

  /** Turns the one session that earlier versions kept into a profile. */
  async #adoptOldFile(): Promise<void> {
    const path = join(this.#folder, 'session.json');
    const text = await readIfThere(path);
    const session = text === undefined ? undefined : parse(text);
    if (!session) return;
    const name = await this.freeName(session.url);
    await this.makeReady();
    await rename(path, this.pathOf(name));
    await this.use(name);
  }
}
