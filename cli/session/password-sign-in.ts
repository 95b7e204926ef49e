import type createSession from '#functions/session/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { signedInResponse } from '#shared/sessions/signed-in-response.ts';
import { CommandError, exit } from '../failures.ts';
import { serverAt } from '../server/connect.ts';
import { ask } from '../terminal/ask.ts';
import { sessionLost, type SignedIn, type SigningIn } from './signed-in.ts';

/** Signs in by name and password. They are asked for on the terminal, or come from standard input. */
export async function signInByPassword({ env, out, url, onAsking }: SigningIn): Promise<SignedIn> {
  const [login = '', password = ''] = await ask(
    { text: 'Name or email: ' },
    { text: 'Password: ', secret: true },
  );
  onAsking();
  const { user, session } = await serverAt(env, out, url).send<AnswerOf<typeof createSession>>(
    'POST',
    '/v1/sessions',
    {
      schema: signedInResponse,
      body: { login: login.trim(), password, transport: 'token' },
      ifLost: sessionLost(url),
    },
  );
  const { token, expiresAt } = session;
  if (token === undefined) throw new CommandError(exit.refused, 'The server gave no token.');
  return { token, expiresAt, username: user.username, role: user.role };
}
