import type { ErrorCode } from '../errors/table.ts';

export const inviteStatuses = ['active', 'used', 'expired', 'revoked'] as const;
export type InviteStatus = (typeof inviteStatuses)[number];

/** A status that rows hold. No row says `expired`: `inviteStatus` finds that by the clock. */
export type StoredState = Exclude<InviteStatus, 'expired'>;

interface Rules {
  /** The error that tells guests why they are not admitted; null if they are. */
  refusal: ErrorCode | null;
  /** Whether the invite expires when its time is over. */
  expires: boolean;
  /** Whether the invite can admit a guest now. */
  isOpen: boolean;
  /** The mail that the holder of a link gets on asking for a new link. */
  renewal: 'new-link' | 'same-link' | 'sign-in-hint' | 'nothing';
  /** What an administrator's withdrawal does, or the error that refuses it. */
  revoke: 'done' | 'done-before' | { refused: ErrorCode };
  /** Whether an administrator can give it a new link; or the error, unless that link moves its user to another device. */
  reissue: 'done' | { unlessRecovering: ErrorCode };
}

/** What each status of an invite allows. All code that decides by a status reads this table. */
export const inviteStates = {
  active: {
    refusal: null,
    expires: true,
    isOpen: true,
    renewal: 'same-link',
    revoke: 'done',
    reissue: 'done',
  },
  used: {
    refusal: 'invite_used',
    expires: false,
    isOpen: false,
    renewal: 'sign-in-hint',
    revoke: { refused: 'invite_used' },
    reissue: { unlessRecovering: 'invite_used' },
  },
  expired: {
    refusal: 'invite_expired',
    expires: false,
    isOpen: false,
    renewal: 'new-link',
    revoke: 'done',
    reissue: 'done',
  },
  revoked: {
    refusal: 'invite_revoked',
    expires: false,
    isOpen: false,
    renewal: 'nothing',
    revoke: 'done-before',
    reissue: 'done',
  },
} as const satisfies Record<InviteStatus, Rules>;

type States = typeof inviteStates;

/** Statuses whose rules are `Wanted`. */
type StatusOf<Wanted> = {
  [Status in InviteStatus]: States[Status] extends Wanted ? Status : never;
}[InviteStatus];

/** Statuses of invites that admit guests, and of those that do not. */
export type GoodStatus = StatusOf<{ refusal: null }>;
export type DeadStatus = Exclude<InviteStatus, GoodStatus>;

/** Whether an invite of this status admits guests. */
export const isGood = (status: InviteStatus): status is GoodStatus => inviteStates[status].refusal === null;

export const deadStatuses = inviteStatuses.filter((status) => !isGood(status)) as readonly DeadStatus[];

/** The errors that tell why a genuine link or code admits no guest. */
export const stateRefusals = deadStatuses.map((status) => inviteStates[status].refusal);

/** The same errors, and that of a link or code that is not genuine. */
export const inviteRefusals = ['invite_invalid', ...stateRefusals] as const;

export type Renewal = States[InviteStatus]['renewal'];
