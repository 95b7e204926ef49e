import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import type { Invite } from '../domain/invite.ts';
import { inviteKey } from './invite-rows.ts';

/** Reads one invite by its id. */
export const readInvites = capability('invites', [onTable('invites', 'GetItem')], (config) => ({
  async get(id: string): Promise<Invite | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: config.table('invites'), Key: inviteKey(id), ConsistentRead: true }),
    );
    return Item as Invite | undefined;
  },
}));
