import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { keptUntil, keyState, type ApiKey } from './api-key.ts';
import { keyRef } from './key-rows.ts';
import { decryptKey } from './encrypt-key.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { conditionalWrite, write } from '../aws/conditional-write.ts';

/** The purpose for which a key is handed out. */
export interface KeyUse {
  /** Calls of the relay are counted by day, checks of a key are not. */
  action: 'relay.call' | 'key.check';
  userId: string;
  service: string;
  /** The provider's operation, such as `POST /v1/messages`. */
  call: string;
  /** Where the request came from. */
  address: string;
}

/** Why a key cannot be used; each is the code of an error. */
export type KeyRefusal = 'key_missing' | 'key_inactive' | 'key_expired' | 'key_unreadable';

/** Hands out API keys. A function with this grant can spend the owners' money. */
export const useKeys = capability(
  'keys',
  [onTable('keys', 'UpdateItem'), onTable('audit', 'PutItem'), onKey('secrets', 'Decrypt')],
  (config) => {
    /** The row of a key that may be used now, with the use noted in it: one write decides. */
    async function take({ userId, service }: KeyUse, now: number): Promise<ApiKey | KeyRefusal> {
      const taken = await conditionalWrite<ApiKey>(
        new UpdateCommand({
          ...keyRef(config, userId, service),
          UpdateExpression: 'SET lastUsedAt = :now',
          ConditionExpression: 'active = :true AND expiresAt > :now',
          ExpressionAttributeValues: { ':now': now, ':true': true },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      if (taken.written) return taken.row;
      const key = taken.refusedBy;
      if (!key || keptUntil(key) <= now) return 'key_missing';
      return keyState(key, now) === 'inactive' ? 'key_inactive' : 'key_expired';
    }

    return {
      /**
       * The user's key for a service, if it is there, on and unexpired. Its owner sees the use in their ledger, which is
       * written before the key is decrypted.
       */
      async use(use: KeyUse, now: number): Promise<{ key: string } | { refusal: KeyRefusal }> {
        const row = await take(use, now);
        if (typeof row === 'string') return { refusal: row };
        const { action, userId, service, call, address } = use;
        const { Put } = auditWrite(config, {
          action,
          outcome: 'done',
          actorId: userId,
          subjectId: userId,
          service,
          call,
          address,
          at: now,
        });
        await write(new PutCommand(Put));
        const key = await decryptKey(config.key('secrets'), row);
        return key === undefined ? { refusal: 'key_unreadable' } : { key };
      },
    };
  },
);
