import type createSession from '#functions/session/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { signedInResponse } from '#shared/sessions/signed-in-response.ts';
import { command } from '../command.ts';
import { Ending, exit } from '../failures.ts';
import { localUrl, originOf, serverAt } from '../server/connect.ts';
import { keepSession, readSession, sessionPath } from '../server/session-file.ts';
import { ask } from '../terminal/ask.ts';

export const login = command({
  name: 'login',
  summary: 'Signs in and keeps the session for the commands that follow.',
  options: { url: { value: 'URL', text: 'the server, such as https://join.example.com' } },
  notes: `
Asks for name (or email) and password. Where standard input is no terminal, it has them, one a line:
  printf '%s\\n' "$NAME" "$PASSWORD" | latchkey login --url https://join.example.com
Without --url it is LATCHKEY_URL, else the server of the last session, else ${localUrl}, where "npm start" serves.
The session is kept in ~/.config/latchkey/session.json (or below XDG_CONFIG_HOME), readable by you alone.`,
  async run({ options, out }) {
    const { env } = process;
    const wanted = options.url || env['LATCHKEY_URL'] || (await readSession(env))?.url || localUrl;
    const url = originOf(wanted);
    const [name = '', password = ''] = await ask(
      { text: 'Name or email: ' },
      { text: 'Password: ', secret: true },
    );
    const body = { login: name.trim(), password, transport: 'token' };
    const { user, session } = await serverAt(env, out, url).send<AnswerOf<typeof createSession>>(
      'POST',
      '/v1/sessions',
      {
        schema: signedInResponse,
        body,
      },
    );
    const { token, expiresAt } = session;
    if (token === undefined) throw new Ending(exit.refused, 'The server gave no token.');
    await keepSession(env, { url, token, expiresAt });
    out.say(`Signed in to ${url} as ${user.username}. The session is kept in ${sessionPath(env)}.`);
    if (user.role !== 'admin')
      out.say(`${user.username} is no administrator: most commands will be refused.`);
    return { json: { url, username: user.username, role: user.role, expiresAt }, rows: [] };
  },
});
