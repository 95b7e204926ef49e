import * as z from 'zod/mini';
import { command } from '../command.ts';
import { Ending, Refused, Unreachable } from '../failures.ts';
import { serverAt } from '../server/connect.ts';
import { forgetSession, readSession, sessionPath } from '../server/session-file.ts';

export const logout = command({
  name: 'logout',
  summary: 'Ends the session that "login" keeps, on the server and here.',
  options: {},
  async run({ out }) {
    const { env } = process;
    const kept = await readSession(env);
    if (!kept) {
      await forgetSession(env);
      out.say('Nobody is signed in.');
      return { json: { signedOut: false }, rows: [] };
    }
    const server = serverAt(env, out, kept.url, kept.token);
    try {
      await server.send('DELETE', '/v1/sessions/current', { schema: z.undefined(), repeatable: true });
    } catch (error) {
      if (error instanceof Unreachable) {
        throw new Ending(error.code, error.message, [
          `The session is still open. Try again later; removing ${sessionPath(env)} forgets it here only.`,
        ]);
      }
      // The session had ended already.
      if (!(error instanceof Refused && error.status === 401)) throw error;
    }
    await forgetSession(env);
    out.say(`Signed out of ${kept.url}.`);
    return { json: { signedOut: true, url: kept.url }, rows: [] };
  },
});
