import * as z from 'zod/mini';
import { inviteLinkResponse } from '#shared/invites/show-link.ts';
import { command } from '../command.ts';

const schema = z.object({
  ...inviteLinkResponse.shape,
  usedBy: z.array(z.object({ userId: z.string(), username: z.nullable(z.string()), at: z.string() })),
});

export const invitesShow = command({
  name: 'invites show',
  summary: 'Shows one invite with its link, and who used it.',
  operands: '<ID>',
  options: {},
  async run({ operands: [id = ''], server: connect }) {
    const server = await connect();
    const invite = await server.get(`/v1/admin/invites/${encodeURIComponent(id)}`, schema);
    const { usedBy, ...fields } = invite;
    return {
      json: invite,
      rows: [
        ...Object.entries(fields).map(([name, value]) => [name, String(value ?? 'never')]),
        ...usedBy.map(({ username, at }) => ['usedBy', `${username ?? '(deleted)'} ${at}`]),
      ],
    };
  },
});
