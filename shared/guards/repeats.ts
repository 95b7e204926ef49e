import { createHash } from 'node:crypto';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { day, toSeconds } from '../clock.ts';
import { encode } from '../base64url.ts';
import { macOf } from '../aws/mac.ts';
import { idFrom } from '../random.ts';

/** How long a repeat is recognised. */
export const repeatsKeptMs = day;

/** A request that may be repeated, in the state that its first arrival left. */
export interface Once<Outcome> {
  /** When it first arrived (milliseconds). A repeat does its work as of that time. */
  startedAt: number;
  /** Its result, once known. Unknown while the request runs, or if it died half-way. */
  outcome?: Outcome;
  /** The id of the nth thing that the request makes, the same in every repeat: 128 bits, base64url. */
  idOf(n: number): string;
}

interface Row<Outcome> {
  bodyHash: string;
  startedAt: number;
  outcome?: Outcome;
}

const key = (caller: string, name: string) => ({ pk: `once#${caller}#${name}` });
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Recognises repeats by their Idempotency-Key, bound to caller and body. The row does not hold the answer, which could be full of
 * links, but the data to make the answer again. The body may hold a pass phrase or a code, so the row holds only its HMAC, against
 * which a reader of the table cannot test guesses.
 */
export const recogniseRepeats = capability(
  'repeats',
  [onTable('counters', 'GetItem', 'PutItem', 'UpdateItem'), onKey('tokens', 'GenerateMac')],
  (config) => ({
    /** The request of that name; undefined if its first arrival had another body. */
    async begin<Outcome>(
      caller: string,
      name: string,
      body: unknown,
      now: number,
    ): Promise<Once<Outcome> | undefined> {
      const TableName = config.table('counters');
      const Key = key(caller, name);
      const bodyHash = encode(
        await macOf(config.key('tokens'), `once|${encode(digest(JSON.stringify(body)))}`),
      );
      const expiresAt = now + repeatsKeptMs;
      const idOf = (startedAt: number) => (n: number) =>
        idFrom((time) => digest(`${Key.pk}#${startedAt}#${n}${'#'.repeat(time)}`).subarray(0, 16));
      const begun = await conditionalWrite({
        Put: {
          TableName,
          Item: { ...Key, bodyHash, startedAt: now, expiresAt, ttl: toSeconds(expiresAt) },
          ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': now },
        },
      });
      if (begun.written) return { startedAt: now, idOf: idOf(now) };
      const row = await readRow<Row<Outcome>>({ TableName, Key });
      if (row?.bodyHash !== bodyHash) return undefined;
      const { startedAt, outcome } = row;
      return { startedAt, idOf: idOf(startedAt), ...(outcome && { outcome }) };
    },

    /** Keeps the request's result, which must fit into a row: 400 KB. */
    async finish(caller: string, name: string, outcome: unknown): Promise<void> {
      // Refused if the row is gone by now: a repeat then does the work again.
      await conditionalWrite({
        Update: {
          TableName: config.table('counters'),
          Key: key(caller, name),
          UpdateExpression: 'SET outcome = if_not_exists(outcome, :outcome)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':outcome': outcome },
        },
      });
    },
  }),
);
