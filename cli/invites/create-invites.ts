import * as z from 'zod/mini';
import { createdRowResponse } from '#shared/invites/show-created.ts';
import type { Chunk } from './chunks.ts';
import type { Server } from '../server/server.ts';

const schema = z.object({ invites: z.array(createdRowResponse) });

/** An invite as the server answers it once made, or why none was made. */
export type Created = z.output<typeof createdRowResponse>;

/** Asks for one chunk of a run. Asked again, by whatever process, the server makes nothing twice. */
export async function createChunk(server: Server, run: string, { number, wish }: Chunk): Promise<Created[]> {
  const { invites } = await server.send('POST', '/v1/admin/invites', {
    schema,
    body: wish,
    key: `${run}-${number}`,
  });
  return invites;
}
