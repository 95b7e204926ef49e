import type readInvite from '#functions/admin-invite/read.ts';
import { usedInviteResponse } from '#shared/inviting/show-managed-invite.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { invitePath } from '../invites/invite-path.ts';

export const invitesShow = command({
  name: 'invites show',
  summary: 'Shows one invite with its link, and everybody who used it.',
  operands: '<ID>',
  options: {},
  async run({ operands: [id = ''], server: connect }) {
    const server = await connect();
    const read = (query = '') =>
      server.get<AnswerOf<typeof readInvite>>(`${invitePath(id)}${query}`, usedInviteResponse);
    const { usedBy: first, nextCursor, story, ...fields } = await read();
    const usedBy = [...first];
    for (let cursor = nextCursor; cursor !== null;) {
      const more = await read(`?${String(new URLSearchParams({ cursor }))}`);
      usedBy.push(...more.usedBy);
      cursor = more.nextCursor;
    }
    return {
      json: { ...fields, story, usedBy },
      rows: [
        ...Object.entries(fields).map(([name, value]) => [name, String(value ?? 'never')]),
        ...Object.entries(story).flatMap(([stage, at]) => (at === null ? [] : [[stage, at]])),
        ...usedBy.map(({ username, email, device, at }) => [
          'usedBy',
          [username ?? '(deleted)', email, device && `(${device})`, at].filter(Boolean).join(' '),
        ]),
      ],
    };
  },
});
