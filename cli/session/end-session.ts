import * as z from 'zod/mini';
import { Refused } from '../failures.ts';
import type { Server } from '../server/server.ts';

/** Ends, on the server, the session of the server's token. A session that had ended already is not an error. */
export async function endSession(server: Server): Promise<void> {
  try {
    await server.send('DELETE', '/v1/sessions/current', {
      schema: z.undefined(),
      repeatable: true,
      ifLost: 'The session may have ended: latchkey whoami tells. CommandError it again does no harm.',
    });
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) throw error;
  }
}
