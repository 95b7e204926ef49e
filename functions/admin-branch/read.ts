import * as z from 'zod/mini';
import { digestOf, readBranch } from '#shared/inviting/read-branch.ts';
import { isOpen } from '#shared/invites/invite.ts';
import { readBranches } from '#shared/invites/issued-invites.ts';
import { branchResponse } from '#shared/inviting/read-branch.ts';
import { inviteResponse, showInvite } from '#shared/invites/show-invite.ts';
import { idField } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Everybody whom a user has brought in, and the invites that are open among them.',
  method: 'GET',
  path: '/v1/admin/users/{id}/branch',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: z.object({ ...branchResponse.shape, openInvites: z.array(inviteResponse) }),
  uses: [readBranches],
  errors: [],
  rate: [],
  async run({ params, clock, ...tools }) {
    const now = clock.now();
    const branch = await readBranch(params.id, tools);
    const open = branch.invites.filter((invite) => isOpen(invite, now));
    const openInvites = open.map((invite) => showInvite(invite, now));
    return { ...branch, openInvites, preview: digestOf(branch) };
  },
});
