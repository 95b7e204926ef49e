import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';
import { codeRef, inviteRef } from './invite-rows.ts';

/** Reads one invite by its id. */
export const readInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  get: (id: string): Promise<Invite | undefined> => readRow(inviteRef(config, id)),
}));

/** Reads one invite by its id, or by the key of its short code. */
export const findInvites = capability('invites', readInvites.grants, (config) => ({
  ...readInvites.make(config),

  /** The invite whose present code has this key. */
  async getByCode(codeKey: string): Promise<Invite | undefined> {
    const row = await readRow<{ inviteId: string }>(codeRef(config, codeKey));
    const invite = row && (await readRow<Invite>(inviteRef(config, row.inviteId)));
    return invite?.codeKey === codeKey ? invite : undefined;
  },
}));
