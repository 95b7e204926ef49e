import { signedOut, wrongUsage, type Ending } from '../failures.ts';
import type { Output } from '../terminal/output.ts';
import { languageOf } from './language.ts';
import { Server } from './server.ts';
import { readSession } from './session-file.ts';

/** Where `npm start` serves. */
export const localUrl = 'http://localhost:4800';

/** The origin of a server's address. Passwords and tokens do not travel in the clear, but on this machine. */
export function originOf(text: string): string {
  const { protocol, hostname, origin, pathname, search } = URL.parse(text) ?? {};
  if (
    (protocol !== 'https:' && protocol !== 'http:') ||
    pathname !== '/' ||
    search !== '' ||
    origin === undefined
  ) {
    throw wrongUsage(`${text} is no address of a server, such as https://join.example.com.`);
  }
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname ?? '');
  if (protocol === 'http:' && !isHere) throw wrongUsage(`${text} would be read on the way: use https.`);
  return origin;
}

const onWait =
  (out: Output) =>
  (seconds: number, error: Ending): void =>
    out.say(`${error.message.replace(/\.$/, '')}: trying again in ${Math.ceil(seconds)} s.`);

/** A server, called with a token where there is one. */
export const serverAt = (env: NodeJS.ProcessEnv, out: Output, url: string, token?: string): Server =>
  new Server({ url, token, language: languageOf(env), onWait: onWait(out) });

/** The server that the user is signed in to, by the environment or by `login`. */
export async function connect(env: NodeJS.ProcessEnv, out: Output): Promise<Server> {
  const { LATCHKEY_URL: url, LATCHKEY_TOKEN: token } = env;
  if (token) {
    if (!url) throw wrongUsage('LATCHKEY_TOKEN wants LATCHKEY_URL beside it: a token is for one server.');
    return serverAt(env, out, originOf(url), token);
  }
  const kept = await readSession(env);
  if (!kept) throw signedOut('Nobody is signed in.');
  if (url && originOf(url) !== kept.url) {
    throw signedOut(`LATCHKEY_URL is ${originOf(url)}, and the session is one of ${kept.url}.`);
  }
  return serverAt(env, out, kept.url, kept.token);
}
