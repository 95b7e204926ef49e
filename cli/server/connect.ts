import { second } from '#shared/clock.ts';
import { showDuration } from '#shared/duration.ts';
import { wrongUsage, type CommandError } from '../failures.ts';
import type { Output } from '../terminal/output.ts';
import { languageOf } from './language.ts';
import { Server } from './server.ts';

/** The address at which `npm start` serves. */
export const localUrl = 'http://localhost:4800';

/**
 * The origin of a server's address. Only on this machine may it be HTTP, so that passwords and tokens do not travel in the
 * clear. Messages do not repeat the text: it may contain a password, or be a token in the wrong place.
 * @param source what names the address, such as `--url`.
 */
export function originOf(text: string, source: string): string {
  const { protocol, hostname, origin, pathname, search, username, password } = URL.parse(text.trim()) ?? {};
  if (username || password) {
    throw wrongUsage(
      `${source} has a name or password within: leave it out. "latchkey login" asks for them.`,
    );
  }
  if (
    (protocol !== 'https:' && protocol !== 'http:') ||
    pathname !== '/' ||
    search !== '' ||
    origin === undefined
  ) {
    throw wrongUsage(`${source} is no address of a server, such as https://join.example.com.`);
  }
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname ?? '');
  if (protocol === 'http:' && !isHere) throw wrongUsage(`${source} would be read on the way: use https.`);
  return origin;
}

/** The message about an error before another try. */
export const waitLine = (message: string, seconds: number): string =>
  `${message.replace(/\.$/, '')}: trying again in ${showDuration({ lengthMs: seconds * second }, 'en')}.`;

const onWait =
  (out: Output) =>
  (seconds: number, error: CommandError): void =>
    out.say(waitLine(error.message, seconds));

/** A server, called with a token if there is one. `wayIn` is said if the token is no longer valid. */
export const serverAt = (
  env: NodeJS.ProcessEnv,
  out: Output,
  url: string,
  session: { token?: string; wayIn?: string } = {},
): Server => new Server({ url, ...session, language: languageOf(env), onWait: onWait(out) });
