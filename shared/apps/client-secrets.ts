import { hash } from 'node:crypto';
import { updateOnce } from '../aws/update-once.ts';
import { isMacOf, macOf } from '../aws/mac.ts';
import { readRow } from '../aws/read-row.ts';
import { decode, encode } from '../base64url.ts';
import { day } from '../clock.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { Failure } from '../errors/failure.ts';
import { sameHash } from '../sessions/match-token.ts';
import { appRowPrefix, grantRef } from './grant-rows.ts';

/** Which secret an app has: it is derived of its name and this number, and stored nowhere. */
interface SecretRow {
  generation: number;
  /** Those before that may still count, each until a time in milliseconds, so that the app can be given the new one. */
  former?: { generation: number; until: number }[];
  /** In rows of earlier builds, which have no `former`: until when the one before counts. Milliseconds. */
  previousUntil?: number;
}

/** How long a secret counts after the next one was made. */
const formerCountsMs = day;

/** How often another request may be found to have made the next one. */
const turns = 4;

/** The secrets before the last that count at `now`. */
function formerAt({ generation, former, previousUntil = 0 }: SecretRow, now: number) {
  const all = former ?? [{ generation: generation - 1, until: previousUntil }];
  return all.filter(({ until }) => now < until);
}

const secretBytes = 32;

const message = (app: string, generation: number) => `app|${app}|${generation}`;

/** Ids of users are longer and have no `#`. */
const secretRef = (config: Config, app: string) =>
  grantRef(config, { userId: `${appRowPrefix}${app}`, id: 'secret' });

/** Makes secrets of apps. */
export const makeClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'GetItem', 'UpdateItem'), onKey('clients', 'GenerateMac')],
  (config) => ({
    /**
     * The first secret of an app, or with `renew` the next one, beside which each before counts for its day to the end: an app
     * goes on with the one that it has, also where a new one was lost on its way and another was made; with `endsFormer` none of
     * them counts any more, as one was stolen. Each is told once.
     * @returns undefined where the app has one and `renew` does not ask for another.
     * @throws Failure `busy` where others go on making the next one.
     */
    async make(
      app: string,
      { renew, endsFormer }: { renew: boolean; endsFormer: boolean },
      now: number,
    ): Promise<{ secret: string; generation: number } | undefined> {
      const ref = secretRef(config, app);
      for (let turn = 0; turn < turns; turn += 1) {
        const row = await readRow<SecretRow>(ref);
        if (row && !renew) return undefined;
        const generation = (row?.generation ?? 0) + 1;
        const replaced = row && { generation: row.generation, until: now + formerCountsMs };
        const { written } = await updateOnce(ref, 'lastMade', {
          when: row ? 'generation = :read' : 'attribute_not_exists(generation)',
          set: 'generation = :next, former = :former',
          values: {
            ...(row && { ':read': row.generation }),
            ':next': generation,
            ':former': replaced && !endsFormer ? [...formerAt(row, now), replaced] : [],
          },
        });
        if (!written) continue;
        return { secret: encode(await macOf(config.key('clients'), message(app, generation))), generation };
      }
      throw new Failure('busy');
    },
  }),
);

/** Checks secrets of apps; cannot make one. */
export const checkClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'GetItem'), onKey('clients', 'VerifyMac')],
  (config) => {
    /** Hashes of secrets that were right, by what they are derived of: KMS is asked once in the life of an instance. */
    const rightHashes = new Map<string, string>();

    async function isSecret(app: string, generation: number, secret: Uint8Array): Promise<boolean> {
      const origin = message(app, generation);
      const shown = hash('sha256', secret, 'base64url');
      const right = rightHashes.get(origin);
      if (right !== undefined && sameHash(shown, right)) return true;
      const isRight = await isMacOf(config.key('clients'), origin, secret);
      if (isRight) rightHashes.set(origin, shown);
      return isRight;
    }

    return {
      /** Whether `secret` is the app's, or was it until a moment ago. */
      async matches(app: string, secret: string, now: number): Promise<boolean> {
        const bytes = decode(secret, secretBytes);
        if (!bytes) return false;
        const row = await readRow<SecretRow>(secretRef(config, app));
        if (!row) return false;
        const counting = [row, ...formerAt(row, now).toReversed()];
        for (const { generation } of counting) if (await isSecret(app, generation, bytes)) return true;
        return false;
      },
    };
  },
);
