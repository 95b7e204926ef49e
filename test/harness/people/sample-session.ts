import { day, hour } from '#shared/clock.ts';
import type { Session } from '#shared/sessions/session.ts';

/** A browser session of the sample user that began at `createdAt`. */
export const sampleSession = (createdAt: number, changes: Partial<Session> = {}): Session => ({
  userId: 'user',
  id: 'session',
  hash: '',
  generation: 0,
  epoch: 3,
  transport: 'cookie',
  createdAt,
  rotatedAt: createdAt,
  lastSeenAt: createdAt,
  idleExpiresAt: createdAt + hour,
  absoluteExpiresAt: createdAt + day,
  address: '192.0.2.7',
  userAgent: 'curl/8.5.0',
  ...changes,
});
