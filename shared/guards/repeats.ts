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

/** A request that may come again, as its first arrival left it. */
export interface Once<Outcome> {
  /** When it first came, milliseconds: a repeat does its work as of then. */
  startedAt: number;
  /** What it led to, once that is known; unknown while it runs or when it died half-way. */
  outcome?: Outcome;
  /** The id of the nth thing that it makes, the same in every repeat: 128 bits, base64url. */
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
 * Recognises repeats by their Idempotency-Key, bound to caller and body. The row holds no answer, which could be
 * full of links, but what the answer can be made from again; and of the body, which may hold a pass phrase or a code,
 * an HMAC, against which a reader of the table cannot try guesses.
 */
export const recogniseRepeats = capability(
  'repeats',
  [onTable('counters', 'GetItem', 'PutItem', 'UpdateItem'), onKey('tokens', 'GenerateMac')],
  (config) => ({
    /** The request of that name; undefined when its first arrival had another body. */
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

    /** Keeps what the request led to. It must fit into a row: 400 KB. */
    async finish(caller: string, name: string, outcome: unknown): Promise<void> {
      // Refused where the row went meanwhile: then a repeat does the work again.
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
