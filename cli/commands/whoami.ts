import type readMe from '#functions/me/read.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { userResponse } from '#shared/users/show-user.ts';
import { command } from '../command.ts';
import { accessOf } from '../session/access.ts';

export const whoami = command({
  name: 'whoami',
  summary: 'Shows who is signed in, and where.',
  options: {},
  async run({ calling }) {
    const { server, profile } = await accessOf(calling);
    const { id, username, email, role } = await server.get<AnswerOf<typeof readMe>>('/v1/me', userResponse);
    const json = {
      url: server.url,
      profile: profile?.name ?? null,
      id,
      username,
      email,
      role,
      expiresAt: profile?.expiresAt ?? null,
    };
    const shown = { ...json, profile: profile?.name ?? 'LATCHKEY_TOKEN' };
    return { json, rows: Object.entries(shown).map(([name, value]) => [name, value ?? '-']) };
  },
});
