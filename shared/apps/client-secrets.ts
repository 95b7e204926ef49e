import { updateOnce } from '../aws/update-once.ts';
import { isMacOf, macOf } from '../aws/mac.ts';
import { readRow } from '../aws/read-row.ts';
import { decode, encode } from '../base64url.ts';
import { day } from '../clock.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { appRowPrefix, grantRef } from './grant-rows.ts';

/** Which secret an app has: it is derived of its name and this number, and stored nowhere. */
interface SecretRow {
  generation: number;
  /** Until when the one before counts, so that the app can be given the new one. Milliseconds. */
  previousUntil: number;
}

/** How long a secret counts after the next one was made. */
const previousCountsMs = day;

const secretBytes = 32;

const message = (app: string, generation: number) => `app|${app}|${generation}`;

/** Ids of users are longer and have no `#`. */
const secretRef = (config: Config, app: string) =>
  grantRef(config, { userId: `${appRowPrefix}${app}`, id: 'secret' });

/** Makes secrets of apps. */
export const makeClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'UpdateItem'), onKey('clients', 'GenerateMac')],
  (config) => ({
    /**
     * The first secret of an app, or with `renew` the next one. Each is told once.
     * @returns undefined where the app has one and `renew` does not ask for another.
     */
    async make(
      app: string,
      renew: boolean,
      now: number,
    ): Promise<{ secret: string; generation: number } | undefined> {
      const made = await updateOnce<SecretRow>(secretRef(config, app), 'lastMade', {
        ...(!renew && { when: 'attribute_not_exists(generation)' }),
        set: 'previousUntil = :until',
        add: 'generation :one',
        values: { ':one': 1, ':until': now + previousCountsMs },
      });
      if (!made.written) return undefined;
      const { generation } = made.row;
      return { secret: encode(await macOf(config.key('clients'), message(app, generation))), generation };
    },
  }),
);

/** Checks secrets of apps; cannot make one. */
export const checkClientSecrets = capability(
  'clientSecrets',
  [onTable('grants', 'GetItem'), onKey('clients', 'VerifyMac')],
  (config) => ({
    /** Whether `secret` is the app's, or was it until a moment ago. */
    async matches(app: string, secret: string, now: number): Promise<boolean> {
      const mac = decode(secret, secretBytes);
      if (!mac) return false;
      const row = await readRow<SecretRow>(secretRef(config, app));
      if (!row) return false;
      const { generation, previousUntil } = row;
      if (await isMacOf(config.key('clients'), message(app, generation), mac)) return true;
      // Before the first one nobody was told any.
      return now < previousUntil && (await isMacOf(config.key('clients'), message(app, generation - 1), mac));
    },
  }),
);
