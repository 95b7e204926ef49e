import type createToken from '#functions/token/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { tokenResponse } from '#shared/sessions/access-token.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';

export const token = command({
  name: 'token',
  summary: 'Prints an access token, which is good for ten minutes.',
  options: {
    audience: { value: 'AUDIENCE', text: 'whom it is for: relay, latchkey, or one of the setting audiences' },
  },
  notes: `
For programs that take a command where others take a key, such as Claude Code (apiKeyHelper):
  latchkey token --audience relay`,
  async run({ options: { audience }, out, server }) {
    if (audience === undefined) throw wrongUsage('token wants --audience.');
    out.mustBeOpen('It would print the token.');
    const json = await (
      await server()
    ).send<AnswerOf<typeof createToken>>('POST', '/v1/tokens', {
      schema: tokenResponse,
      body: { audience },
      // No one holds the token of a lost answer, and it expires after ten minutes.
      repeatable: true,
      ifLost: 'Asking again does no harm.',
    });
    return { json, rows: [], text: `${json.token}\n` };
  },
});
