import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { Invite } from './invite.ts';
import { codeRef, inviteRef } from './invite-rows.ts';

const get = (config: Config, id: string): Promise<Invite | undefined> => readRow(inviteRef(config, id));

/** Reads one invite by its id. */
export const readInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  get: (id: string) => get(config, id),
}));

/** Reads one invite by its id, or by the key of its short code. */
export const findInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  get: (id: string) => get(config, id),

  /** The invite whose present code has this key. */
  async getByCode(codeKey: string): Promise<Invite | undefined> {
    const row = await readRow<{ inviteId: string }>(codeRef(config, codeKey));
    const invite = row && (await get(config, row.inviteId));
    return invite?.codeKey === codeKey ? invite : undefined;
  },
}));
