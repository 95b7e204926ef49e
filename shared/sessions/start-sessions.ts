import { queryRows, takeRows } from '../aws/query-rows.ts';
import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { absoluteExpiry, idleExpiry, sessionHolds, successorRowPrefix, type Session } from './session.ts';
import { formatSessionToken, hashSecret } from './session-token.ts';
import { onDevice, type User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { deviceName } from './device-name.ts';
import { newId, newSecret } from '../random.ts';
import type { Settings } from '../deployment/settings.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { endOldest } from './end-oldest.ts';
import { deviceWrites } from './known-devices.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { moveWrite, userCheck } from '../users/user-writes.ts';
import {
  heldSessionDeletion,
  isHeld,
  newSessionWrite,
  sessionDeletion,
  sessionRef,
  successorWrite,
  type HeldSession,
  type SuccessorRow,
} from './session-rows.ts';

/** The device that begins a session, as the request describes it. */
export interface Device {
  transport: Session['transport'];
  address: string;
  userAgent: string;
  deviceId?: string | undefined;
  /** Secret of the `__Host-device` cookie; only its hash is kept. */
  deviceSecret?: string | undefined;
  /** Thumbprint (RFC 7638) of the device key that the session is to be bound to. */
  keyThumbprint?: string | undefined;
}

export interface Started {
  session: Session;
  token: string;
}

/** A new session for `user` with its token, which is stored nowhere. */
export function newSession(
  settings: Settings,
  user: Pick<User, 'id' | 'epoch'>,
  device: Device,
  now: number,
): Started {
  const { deviceSecret, ...known } = device;
  const secret = newSecret();
  const session: Session = {
    userId: user.id,
    id: newId(),
    hash: hashSecret(secret),
    generation: 0,
    epoch: user.epoch,
    createdAt: now,
    rotatedAt: now,
    lastSeenAt: now,
    idleExpiresAt: idleExpiry(now, settings),
    absoluteExpiresAt: absoluteExpiry(now, settings),
    ...(known as Pick<Session, keyof typeof known>),
    ...(deviceSecret && { deviceHash: hashSecret(deviceSecret) }),
  };
  return { session, token: formatSessionToken({ userId: user.id, sessionId: session.id, secret }) };
}

/** Stores a new session, and makes its device known. */
export const sessionWrites = (
  config: Config,
  session: Session,
  { device }: Pick<User, 'device'>,
): Record<string, Write> => ({
  session: newSessionWrite(config, session),
  ...deviceWrites(config, session, session.createdAt, device),
});

interface Circumstances {
  /** Whether the owner is told that a new device has signed in. */
  isNewDevice?: boolean;
  /** The session that the same browser had: a new sign-in must not leave it behind (ASVS 5.0, 7.2.4). */
  replaces?: HeldSession | undefined;
}

/**
 * Puts `session` in the place of one whose token its owner holds. Apps' grants by the old session go on only if it still held: a new
 * sign-in must not bring back grants that a reset has ended, and a sign-in that binds the account to a device ends them.
 * @param user the user as they are once the session has begun.
 */
async function replacingWrites(
  config: Config,
  user: User,
  held: HeldSession,
  session: Session,
): Promise<Record<string, Write>> {
  const before = await readRow<Session>(sessionRef(config, user.id, held.id));
  if (!before) return repeatedWrites(config, user, held, session);
  if (!isHeld(before, held)) return {};
  const replaced = heldSessionDeletion(config, user.id, held);
  if (!sessionHolds(before, user, session.createdAt)) return { replaced };
  return { replaced, ...placeWrites(config, { ...session, firstId: before.firstId ?? before.id }, held) };
}

/**
 * Puts `session` in the place of one that was begun over the same token before, and whose answer was lost. No client has the lost
 * session's token to sign out of it, and apps would go on by it.
 */
async function repeatedWrites(
  config: Config,
  user: User,
  held: HeldSession,
  session: Session,
): Promise<Record<string, Write>> {
  const rows = queryRows<SuccessorRow>({
    TableName: config.table('sessions'),
    KeyConditionExpression: 'userId = :user AND begins_with(id, :places)',
    ExpressionAttributeValues: { ':user': user.id, ':places': successorRowPrefix },
    ConsistentRead: true,
  });
  const { items } = await takeRows(rows);
  const place = items.find(({ over }) => over === held.hash);
  const lost = place && (await readRow<Session>(sessionRef(config, user.id, place.sessionId)));
  if (!lost || !sessionHolds(lost, user, session.createdAt)) return {};
  const firstId = place.id.slice(successorRowPrefix.length);
  return {
    replaced: sessionDeletion(config, user.id, lost.id),
    ...placeWrites(config, { ...session, firstId }, held),
  };
}

/** Stores a session that is in its browser's place from now on. */
const placeWrites = (
  config: Config,
  session: Session & { firstId: string },
  over: HeldSession,
): Record<string, Write> => ({
  session: newSessionWrite(config, session),
  successor: successorWrite(config, session, over.hash),
});

/** How many tries may find that the session to be replaced has changed. */
const turns = 4;

/** Begins sessions for users who have proven who they are. */
export const startSessions = capability(
  'sessions',
  [
    onTable('users', 'ConditionCheckItem', 'UpdateItem'),
    onTable('sessions', 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * A new session and its token; undefined when the user was disabled or changed in the same moment. An account that
     * an administrator has unbound is bound to the device's key (C101), and its other sessions end.
     * @throws Failure `busy` if the session to be replaced changes again and again.
     */
    async start(
      user: User,
      device: Device,
      now: number,
      { isNewDevice = false, replaces }: Circumstances = {},
    ): Promise<Started | undefined> {
      const { id: actorId } = user;
      const { address, keyThumbprint } = device;
      const binds = user.rebinds === true && keyThumbprint !== undefined;
      const after = binds ? onDevice(user, keyThumbprint) : user;
      const started = newSession(config.settings, after, device, now);
      const writes: Record<string, Write | undefined> = {
        user: binds ? moveWrite(config, user, after) : userCheck(config, user),
        bound: binds
          ? auditWrite(config, { action: 'device.move', outcome: 'done', actorId, address, at: now })
          : undefined,
        ...sessionWrites(config, started.session, after),
        notice: isNewDevice
          ? noticeWrite(config, user, 'device', { device: await deviceName(device.userAgent), address }, now)
          : undefined,
        audit: auditWrite(config, { action: 'session.create', outcome: 'done', actorId, address, at: now }),
      };
      const replacing = () => replaces && replacingWrites(config, after, replaces, started.session);
      let refused: readonly string[] = ['replaced'];
      // Of simultaneous sign-ins over one session, each takes the place of the one before.
      for (let turn = 0; turn < turns && refused.includes('replaced'); turn += 1)
        refused = await transact({ ...writes, ...(await replacing()) });
      if (refused.includes('replaced')) throw new Failure('busy');
      if (refused.length > 0) return undefined;
      await endOldest(config, after, address, now);
      return started;
    },
  }),
);
