import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type readInvite from '#functions/admin-invite/read.ts';
import { inBatches } from '#shared/batches.ts';
import { csvLine } from '#shared/table/csv.ts';
import { inviteLinkResponse } from '#shared/inviting/show-link.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { Refused, wrongUsage } from '../failures.ts';
import { fileTrouble, readIfThere } from '../files/read-file.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Server } from '../server/server.ts';
import { invitePath } from './invite-path.ts';

const head = csvLine(['email', 'url', 'code', 'result']);

/** A line of the table of links. */
export interface LinkRow {
  email: string;
  id?: string | undefined;
  result: string;
}

/** The link of an invite, with its short code if it has one that can be shown. */
export type Link = Pick<AnswerOf<typeof readInvite>, 'url' | 'code'>;

const schema = z.pick(inviteLinkResponse, { url: true, code: true });

/** Requests at once. */
export const linksAtOnce = 8;

/** Checks, before any invite is made, that the table can be written and replaces no other file. */
export async function checkTable(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  // Writing to a device or a pipe replaces nothing.
  if (there && !there.isFile() && !there.isDirectory()) return;
  const text = (await readIfThere(path)) ?? '';
  if (text !== '' && !text.startsWith(head))
    throw wrongUsage(`${path} is something else: name another file.`);
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw fileTrouble(path, error);
  });
}

/** The link of an invite that an earlier process made; undefined when the invite is gone. */
export async function fetchLink(server: Server, id: string): Promise<Link | undefined> {
  try {
    return await server.get<Link>(invitePath(id), schema);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

/** Writes a row for each person. A link that is not at hand is fetched from the server. */
export async function writeTable(
  path: string,
  rows: readonly LinkRow[],
  atHand: ReadonlyMap<string, Link>,
  server: Server,
): Promise<void> {
  const lines = await inBatches(rows, linksAtOnce, async ({ email, id, result }) => {
    const link = id === undefined ? undefined : (atHand.get(id) ?? (await fetchLink(server, id)));
    return csvLine([email, link?.url ?? '', link?.code ?? '', result]);
  });
  await replaceFile(path, head + lines.join(''));
}
