import type createInvites from '#functions/admin-invite/create.ts';
import { createdResponse } from '#shared/inviting/show-created.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { Server } from '../server/server.ts';
import type { Chunk } from './chunks.ts';

type Answer = AnswerOf<typeof createInvites>;

/** An invite as the server answers it once made, or the reason why none was made. */
export type Created = Answer['invites'][number];

/** Sends one chunk of a run. If any process sends it again, the server makes nothing twice. */
export async function createChunk(server: Server, run: string, { name, wish }: Chunk): Promise<Created[]> {
  const { invites } = await server.send<Answer>('POST', '/v1/admin/invites', {
    schema: createdResponse,
    body: wish,
    key: `${run}-${name}`,
  });
  return invites;
}
