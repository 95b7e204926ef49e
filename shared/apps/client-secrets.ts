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

/** Which secret an app has. The secret is derived from the app's name and the generation, and never stored. */
interface SecretRow {
  generation: number;
  /** Former secrets that may still be valid, each until a time in milliseconds, so that the operator can give the app the new one. */
  former?: { generation: number; until: number }[];
  /** Only in rows of earlier builds, which have no `former`: when the previous secret stops being valid. Milliseconds. */
  previousUntil?: number;
}

/** How long a secret stays valid after the next one was made. */
const formerCountsMs = day;

/** How often to try when another request makes the next secret meanwhile. */
const turns = 4;

/** The former secrets that are still valid at `now`. */
function formerAt({ generation, former, previousUntil = 0 }: SecretRow, now: number) {
  const all = former ?? [{ generation: generation - 1, until: previousUntil }];
  return all.filter(({ until }) => now < until);
}

const secretBytes = 32;

const message = (app: string, generation: number) => `app|${app}|${generation}`;

/** Cannot collide with a user's rows: the ids of users are longer and have no `#`. */
const secretRef = (config: Config, app: string) =>
  grantRef(config, { userId: `${appRowPrefix}${app}`, id: 'secret' });

export const makeClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'GetItem', 'UpdateItem'), onKey('clients', 'GenerateMac')],
  (config) => ({
    /**
     * Makes the first secret of an app or, with `renew`, the next one. Each former secret stays valid for a day after its
     * replacement, so that the app keeps working, even if the new secret was lost on its way and another was made. With
     * `endsFormer`, for a stolen secret, all former ones become invalid at once. Each secret is shown once.
     * @returns undefined if the app has a secret and `renew` is false.
     * @throws Failure `busy` when other requests make the next secret in every turn.
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

/** Checks secrets of apps, and has no permission to make them. */
export const checkClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'GetItem'), onKey('clients', 'VerifyMac')],
  (config) => {
    /** Hashes of secrets that were right, by the message that each is derived from. A message has one right secret. */
    const rightHashes = new Map<string, string>();

    return {
      /** Whether `secret` is the app's present secret or a former one that is still valid. An instance asks KMS once for a right one. */
      async matches(app: string, secret: string, now: number): Promise<boolean> {
        const mac = decode(secret, secretBytes);
        if (!mac) return false;
        const row = await readRow<SecretRow>(secretRef(config, app));
        if (!row) return false;
        const valid = [row, ...formerAt(row, now).toReversed()];
        const messages = valid.map(({ generation }) => message(app, generation));
        const shown = hash('sha256', mac, 'base64url');
        const known = messages.flatMap((one) => rightHashes.get(one) ?? []);
        if (known.some((right) => sameHash(shown, right))) return true;
        for (const one of messages) {
          if (rightHashes.has(one) || !(await isMacOf(config.key('clients'), one, mac))) continue;
          rightHashes.set(one, shown);
          return true;
        }
        return false;
      },
    };
  },
);
