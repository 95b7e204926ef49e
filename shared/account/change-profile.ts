import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { ProfileField } from '../users/profile-fields.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { readRow } from '../aws/read-row.ts';
import { usernameClaimWrite, usernameReleaseWrite } from '../users/claims.ts';
import { userRef } from '../users/user-rows.ts';
import { profileWrite } from '../users/user-writes.ts';

/** The fields that users change themselves; absent ones stay as they are. */
export type Profile = {
  [Field in 'username' | ProfileField | 'locale']?: User[Field] | undefined;
};

/** How often to try when the user's name changes after it was read. */
const turns = 4;

/** Changes users' own profiles. */
export const changeProfiles = capability(
  'profiles',
  [onTable('users', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /**
     * Returns the changed user; undefined when the user was disabled or deleted in the same moment. A repeat changes
     * nothing more.
     * @throws Failure `busy` when the name changes in every round.
     */
    change: (user: User, profile: Profile, address: string, now: number) =>
      change(config, user, profile, { address, now }),
  }),
);

/** Changes the language in which a user is addressed. It cannot create a user (C10). */
export const changeLocales = capability(
  'locales',
  [onTable('users', 'GetItem', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    async change(user: User, locale: User['locale'], address: string, now: number): Promise<void> {
      await change(config, user, { locale }, { address, now });
    },
  }),
);

async function change(
  config: Config,
  user: User,
  profile: Profile,
  { address, now }: { address: string; now: number },
): Promise<User | 'username_taken' | undefined> {
  let current: User | undefined = user;
  for (let turn = 0; turn < turns; turn += 1) {
    const refused = await transact({
      user: profileWrite(config, current, { ...given(profile), updatedAt: now }),
      ...nameWrites(config, current, profile.username),
      audit: auditWrite(config, {
        action: 'user.update',
        outcome: 'done',
        actorId: user.id,
        subjectId: user.id,
        address,
        at: now,
      }),
    });
    if (refused.length === 0) return { ...current, ...given(profile) };
    if (!refused.includes('user')) return 'username_taken';
    current = await readRow<User>(userRef(config, user.id));
    if (current?.status !== 'active') return undefined;
  }
  throw new Failure('busy');
}

const given = (profile: Profile) =>
  Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined)) as Partial<User>;

/** Moves the claim on the name; no writes if the name stays. */
function nameWrites(config: Config, { id, username }: User, wanted = username): Record<string, Write> {
  if (wanted === username) return {};
  return {
    oldName: usernameReleaseWrite(config, username, id),
    newName: usernameClaimWrite(config, wanted, id),
  };
}
