/** Maximum values of settings that also bound a request about one invite or one user. */
export const settingLimits = {
  /** An invite's life in days. */
  inviteDays: 365,
  /** Invites that a user may send in all. */
  userInvites: 1_000,
  /** Relayed calls or questions of a user. */
  userCalls: 1_000_000,
} as const;
