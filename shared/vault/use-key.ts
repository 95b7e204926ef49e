import { capability, onSecrets, onTable } from '../deployment/capability.ts';
import { keptUntil, keyState, type ApiKey } from './api-key.ts';
import { keyRef } from './key-rows.ts';
import { decryptKey, ofApiKeys } from './encrypt-key.ts';
import type { KeyUseAction } from '../audit/actions.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { conditionalWrite, putRow } from '../aws/conditional-write.ts';

/** The purpose for which a key is handed out. */
export interface KeyUse {
  /** Calls of the relay are counted by day, checks of a key are not. */
  action: KeyUseAction;
  userId: string;
  service: string;
  /** The provider's operation, such as `POST /v1/messages`. */
  call: string;
  /** The provider's model that is asked, if the request names one. */
  model?: string | undefined;
  /** Where the request came from. */
  address: string;
}

/** Why a key cannot be used; each is the code of an error. */
export type KeyRefusal = 'key_missing' | 'key_inactive' | 'key_expired' | 'key_unreadable';

/** A key that was handed out. */
interface HandedOut {
  key: string;
  /** Notes the HTTP status of the provider's answer in the ledger. A repeat is harmless. */
  noteAnswer(status: number): Promise<void>;
}

/** Hands out API keys. A function with this grant can spend the owners' money. */
export const useKeys = capability(
  'keys',
  [onTable('keys', 'UpdateItem'), onTable('audit', 'PutItem'), onSecrets(ofApiKeys, 'Decrypt')],
  (config) => {
    /** The row of a key that may be used now, with the use noted in it: one write decides. */
    async function take(
      { userId, service }: Pick<KeyUse, 'userId' | 'service'>,
      now: number,
    ): Promise<ApiKey | KeyRefusal> {
      const taken = await conditionalWrite<ApiKey>({
        Update: {
          ...keyRef(config, userId, service),
          UpdateExpression: 'SET lastUsedAt = :now',
          ConditionExpression: 'active = :true AND expiresAt > :now',
          ExpressionAttributeValues: { ':now': now, ':true': true },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      });
      if (taken.written) return taken.row;
      const key = taken.refusedBy;
      if (!key || keptUntil(key) <= now) return 'key_missing';
      return keyState(key, now) === 'inactive' ? 'key_inactive' : 'key_expired';
    }

    return {
      take,

      /**
       * The user's key for a service, if it is there, on and unexpired. Its owner sees the use in their ledger, which is
       * written before the key is decrypted.
       * @param taken the result of `take` for this use, if `take` was called before.
       */
      async use(
        use: KeyUse,
        now: number,
        taken?: ApiKey | KeyRefusal,
      ): Promise<HandedOut | { refusal: KeyRefusal }> {
        const row = taken ?? (await take(use, now));
        if (typeof row === 'string') return { refusal: row };
        const { userId, model, ...told } = use;
        const who = { actorId: userId, subjectId: userId };
        const entry = {
          ...told,
          ...who,
          ...(model !== undefined && { model }),
          outcome: 'done',
          at: now,
        } as const;
        const { Put } = auditWrite(config, entry);
        // A late copy of this write finds the line, and so does not remove the answer's status from it.
        await conditionalWrite({ Put: { ...Put, ConditionExpression: 'attribute_not_exists(pk)' } });
        const key = await decryptKey(config.key('secrets'), row);
        if (key === undefined) return { refusal: 'key_unreadable' };
        return {
          key,
          noteAnswer: (status) => putRow({ ...Put, Item: { ...Put.Item, status } }),
        };
      },
    };
  },
);
