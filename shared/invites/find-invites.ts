import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { Invite } from './invite.ts';
import { codeRowKey, inviteKey } from '../aws/invite-keys.ts';

async function read(
  config: Config,
  Key: { pk: string; sk: string },
): Promise<Record<string, unknown> | undefined> {
  const TableName = config.table('invites');
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}

const get = async (config: Config, id: string): Promise<Invite | undefined> =>
  (await read(config, inviteKey(id))) as Invite | undefined;

/** Reads one invite by its id. */
export const readInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  get: (id: string) => get(config, id),
}));

/** Reads one invite by its id, or by where its short code is filed. */
export const findInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  get: (id: string) => get(config, id),

  /** The invite whose present code is filed under `codeKey`. */
  async getByCode(codeKey: string): Promise<Invite | undefined> {
    const row = await read(config, codeRowKey(codeKey));
    const invite = row && (await get(config, String(row['inviteId'])));
    return invite?.codeKey === codeKey ? invite : undefined;
  },
}));
